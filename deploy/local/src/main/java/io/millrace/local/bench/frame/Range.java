package io.millrace.local.bench.frame;

/** A series without its single values. */
record Range(double median, double min, double max) {}
