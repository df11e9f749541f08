package io.millrace.cache;

import java.util.concurrent.CompletableFuture;

/** Token buckets by name, shared by all processes with one Redis. */
public interface TokenBuckets extends AutoCloseable {

  /**
   * Takes tokens out of a bucket, all or none. A bucket is full when it is first asked, and another
   * one when its limit is.
   *
   * @param name of letters, digits, '.', '_' and '-'
   * @param tokens at least 1 and at most the limit's capacity
   * @return never fails: when Redis does not answer, a bucket in this process does
   */
  CompletableFuture<TokensTaken> take(String name, TokenLimit limit, long tokens);

  @Override
  void close();
}
