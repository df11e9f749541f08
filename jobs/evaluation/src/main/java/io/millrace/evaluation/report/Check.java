package io.millrace.evaluation.report;

/**
 * One limit and what was found.
 *
 * @param limit its name, as in YAML
 * @param threshold what it is set to
 * @param found what it was held against
 * @param passed whether it holds
 * @param words the same in a sentence, with the numbers
 */
public record Check(String limit, double threshold, double found, boolean passed, String words) {}
