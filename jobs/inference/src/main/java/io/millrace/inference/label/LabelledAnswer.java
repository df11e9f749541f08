package io.millrace.inference.label;

/**
 * An answer and its right label.
 *
 * @param label the right one, perhaps none of the model's
 * @param delaySeconds from the answer to its label; 0 when the label was there first
 */
public record LabelledAnswer(Answered answer, String label, double delaySeconds) {}
