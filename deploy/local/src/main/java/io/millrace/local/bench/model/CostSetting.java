package io.millrace.local.bench.model;

import io.millrace.models.packages.ModelManifest.BatchingHints;
import org.jspecify.annotations.Nullable;

/**
 * What saves time of the model, each on or off.
 *
 * @param int8 the quantised variant of the model
 * @param hints how items are batched; null for the package's own, by length
 * @param coalesced whether equal contents under way at a time are computed once
 * @param cached whether answers are given again
 * @param inFlight requests under way
 */
record CostSetting(
    boolean int8, @Nullable BatchingHints hints, boolean coalesced, boolean cached, int inFlight) {

  /** As many as a subtask of the job has under way. */
  private static final int MANY = 1_024;

  private static final BatchingHints ALONE = RebatchedRepository.arrivalOrder(1);

  static final CostSetting OFF = new CostSetting(false, ALONE, false, false, MANY);

  static final CostSetting BATCHING =
      new CostSetting(false, RebatchedRepository.arrivalOrder(16), false, false, MANY);

  /** Which does not go without batching. */
  static final CostSetting BUCKETING = new CostSetting(false, null, false, false, MANY);

  static final CostSetting COALESCING = new CostSetting(false, ALONE, true, false, MANY);

  /** One after the other, so that nothing can be shared but what is kept. */
  static final CostSetting CACHE = new CostSetting(false, ALONE, true, true, 1);

  static final CostSetting INT8 = new CostSetting(true, ALONE, false, false, MANY);

  static final CostSetting ALL = new CostSetting(true, null, true, true, MANY);
}
