package io.millrace.local.data;

import org.jspecify.annotations.Nullable;

/**
 * A row of a data file.
 *
 * @param text what someone wrote
 * @param label its true class; null when the file has none
 * @param heldOut whether the model was not trained on it, so that its prediction counts
 */
public record Utterance(String text, @Nullable String label, boolean heldOut) {}
