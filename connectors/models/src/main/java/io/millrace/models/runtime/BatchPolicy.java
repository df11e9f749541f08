package io.millrace.models.runtime;

import io.millrace.models.packages.ModelManifest.BatchingHints;
import java.util.List;
import java.util.Objects;

/**
 * How items are put into windows and how long they may wait there.
 *
 * @param maxBatchSize rows of a batch at most
 * @param maxBatchTokens rows times the longest row of a batch at most
 * @param lengthBuckets upper edges in tokens, ascending; longer items share one more bucket
 * @param minDelayNanos see {@link RuntimeOptions#minBatchDelay}
 * @param maxDelayNanos see {@link RuntimeOptions#maxBatchDelay}
 * @param starvationBound see {@link RuntimeOptions#starvationBound}
 */
record BatchPolicy(
    int maxBatchSize,
    int maxBatchTokens,
    List<Integer> lengthBuckets,
    long minDelayNanos,
    long maxDelayNanos,
    int starvationBound) {

  BatchPolicy {
    lengthBuckets = List.copyOf(lengthBuckets);
    if (maxBatchSize < 1 || maxBatchTokens < 1) {
      throw new IllegalArgumentException(
          "max_batch_size is %d and max_batch_tokens is %d, expected at least 1"
              .formatted(maxBatchSize, maxBatchTokens));
    }
    for (int i = 1; i < lengthBuckets.size(); i++) {
      if (lengthBuckets.get(i) <= lengthBuckets.get(i - 1)) {
        throw new IllegalArgumentException(
            "length_buckets is " + lengthBuckets + ", expected ascending edges");
      }
    }
  }

  static BatchPolicy of(BatchingHints hints, RuntimeOptions options) {
    return new BatchPolicy(
        hints.maxBatchSize(),
        hints.maxBatchTokens(),
        hints.lengthBuckets(),
        options.minBatchDelay().toNanos(),
        options.maxBatchDelay().toNanos(),
        options.starvationBound());
  }

  /**
   * This policy with what a deployment says in place of its own. A shorter {@code maxDelay} than
   * {@code minDelay} shortens both.
   */
  BatchPolicy with(ServingOptions serving) {
    long maxDelay =
        serving.maxBatchDelay() == null ? maxDelayNanos : serving.maxBatchDelay().toNanos();
    return new BatchPolicy(
        Objects.requireNonNullElse(serving.maxBatchSize(), maxBatchSize),
        Objects.requireNonNullElse(serving.maxBatchTokens(), maxBatchTokens),
        lengthBuckets,
        Math.min(minDelayNanos, maxDelay),
        maxDelay,
        starvationBound);
  }

  /** Buckets of the windows: one an edge and one above the last. */
  int buckets() {
    return lengthBuckets.size() + 1;
  }

  /** The bucket of items whose longest row has this many tokens. */
  int bucketOf(int length) {
    int bucket = 0;
    while (bucket < lengthBuckets.size() && length > lengthBuckets.get(bucket)) {
      bucket++;
    }
    return bucket;
  }
}
