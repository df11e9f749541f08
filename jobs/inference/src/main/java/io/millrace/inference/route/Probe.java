package io.millrace.inference.route;

import java.util.List;

/**
 * Asks whether the versions of a revision are loaded and warm in the process.
 *
 * @param versions without duplicates
 */
public record Probe(String model, long revision, List<String> versions) {}
