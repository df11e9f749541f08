package io.millrace.models.runtime;

import java.util.concurrent.atomic.LongAdder;

/** What {@link RuntimeStats} counts, for one version. */
final class VersionCounters {

  final Histogram batchSizes = RuntimeStats.noBatches();

  final LongAdder batches = new LongAdder();
  final LongAdder items = new LongAdder();
  final LongAdder tokens = new LongAdder();
  final LongAdder paddedTokens = new LongAdder();
  final LongAdder failedItems = new LongAdder();
  final LongAdder poisonIsolated = new LongAdder();
  final LongAdder refusedItems = new LongAdder();
  final LongAdder splits = new LongAdder();
  final LongAdder breakerOpened = new LongAdder();
  final LongAdder abandonments = new LongAdder();
  final LongAdder computeNanos = new LongAdder();
  final CallCostFit callCost;

  VersionCounters() {
    this(new CallCostFit());
  }

  /**
   * @param callCost goes on with what calls have taught before
   */
  VersionCounters(CallCostFit callCost) {
    this.callCost = callCost;
  }
}
