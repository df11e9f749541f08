package io.millrace.cache;

import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link ResultCacheStatistics} shows. */
final class ResultCacheCounters {

  final LongAdder localHits = new LongAdder();
  final LongAdder remoteHits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder unavailableReads = new LongAdder();
  final LongAdder unavailableWrites = new LongAdder();
  final LongAdder corruptEntries = new LongAdder();

  ResultCacheStatistics statistics() {
    return new ResultCacheStatistics(
        localHits.sum(),
        remoteHits.sum(),
        misses.sum(),
        unavailableReads.sum(),
        unavailableWrites.sum(),
        corruptEntries.sum());
  }
}
