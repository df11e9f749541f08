package io.millrace.local.audit;

/** Succeeded jobs by the origin of their answer. */
public record Origins(long computed, long coalesced, long cached, long fallback, long stale) {}
