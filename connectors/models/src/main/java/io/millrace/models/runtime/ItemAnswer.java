package io.millrace.models.runtime;

import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import org.jspecify.annotations.Nullable;

/**
 * What a call that answered says to one of its items.
 *
 * @param failure why the prediction is of no use; null when it is fine
 */
record ItemAnswer<I extends PreparedItem>(
    QueuedItem<I> item, Prediction prediction, @Nullable PredictionException failure) {}
