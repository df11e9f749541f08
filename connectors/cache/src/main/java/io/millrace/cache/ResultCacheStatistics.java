package io.millrace.cache;

/**
 * What a result cache has done since it was opened.
 *
 * @param localHits answers found in this process
 * @param remoteHits answers found in Redis
 * @param misses answers that Redis did not have
 * @param unavailableReads look-ups that were misses because Redis was away
 * @param unavailableWrites answers that were not kept in Redis because it was away
 * @param corruptEntries look-ups that were misses because what Redis had could not be read
 */
public record ResultCacheStatistics(
    long localHits,
    long remoteHits,
    long misses,
    long unavailableReads,
    long unavailableWrites,
    long corruptEntries) {}
