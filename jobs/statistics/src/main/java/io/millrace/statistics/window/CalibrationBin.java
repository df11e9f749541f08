package io.millrace.statistics.window;

/** Labelled answers whose confidences lie in (lower, upper], in the first bin 0 as well. */
public record CalibrationBin(
    double lower, double upper, long n, double meanConfidence, double accuracy) {}
