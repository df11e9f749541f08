package io.millrace.inference.cost;

import io.millrace.schemas.avro.SavedBy;

/**
 * What one answer saved in one way.
 *
 * @param aloneSeconds what it would have cost without
 * @param savedSeconds of these, what it did not cost; below 0 for a loss
 */
public record Saving(SavedBy by, double aloneSeconds, double savedSeconds) {}
