package io.millrace.training;

/**
 * One row of training or test data.
 *
 * @param text not blank
 * @param label the right class, not blank
 */
public record LabeledText(String text, String label) {}
