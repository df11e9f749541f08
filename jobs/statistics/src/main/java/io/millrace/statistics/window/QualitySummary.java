package io.millrace.statistics.window;

import io.millrace.statistics.evaluation.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How right the answers of a window were. Answers and labels come in any order, and a label may be
 * counted in another part of the window than its answer: the parts merge, in any order, to the
 * same. Not safe for use by several threads.
 */
public final class QualitySummary {

  private static final int VERSION = 1;

  private long answered;
  private long confidence;
  private long calibrated;
  private long calibratedSum;
  private final BoundedCounts truths;
  private final BoundedCounts predictions;
  private final BoundedCounts hits;
  private final long[] binRows = new long[Calibration.BINS];
  private final long[] binHits = new long[Calibration.BINS];
  private final long[] binConfidence = new long[Calibration.BINS];
  private final DelayCounts delays;

  public QualitySummary() {
    this(new BoundedCounts(), new BoundedCounts(), new BoundedCounts(), new DelayCounts());
  }

  private QualitySummary(
      BoundedCounts truths, BoundedCounts predictions, BoundedCounts hits, DelayCounts delays) {
    this.truths = truths;
    this.predictions = predictions;
    this.hits = hits;
    this.delays = delays;
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static QualitySummary of(byte[] bytes) {
    SummaryReader in = new SummaryReader(SummaryKind.QUALITY, VERSION, bytes);
    long answered = in.count();
    long confidence = in.count();
    long calibrated = in.count();
    long calibratedSum = in.count();
    QualitySummary read =
        new QualitySummary(
            BoundedCounts.read(in),
            BoundedCounts.read(in),
            BoundedCounts.read(in),
            DelayCounts.read(in));
    read.answered = answered;
    read.confidence = confidence;
    read.calibrated = calibrated;
    read.calibratedSum = calibratedSum;
    read(in, read.binRows);
    read(in, read.binHits);
    read(in, read.binConfidence);
    in.end();
    return read;
  }

  /**
   * Counts an answer with a label.
   *
   * @param label that it gave
   * @param confidence 0 to 1
   * @param calibrated the probability that it is right, 0 to 1; NaN when it is not known
   */
  public void answered(String label, double confidence, double calibrated) {
    answered++;
    this.confidence += share(confidence);
    if (!Double.isNaN(calibrated)) {
      this.calibrated++;
      calibratedSum += share(calibrated);
    }
  }

  /**
   * Counts an answer whose right label came. The answer itself is {@link #answered} as well, here
   * or in another part.
   *
   * @param confidence 0 to 1
   * @param delaySeconds from the answer to its label
   */
  public void labelled(String predicted, double confidence, String truth, double delaySeconds) {
    boolean right = predicted.equals(truth);
    truths.add(truth);
    predictions.add(predicted);
    if (right) {
      hits.add(truth);
    }
    int bin = Calibration.bin(confidence);
    binRows[bin]++;
    binHits[bin] += right ? 1 : 0;
    binConfidence[bin] += share(confidence);
    delays.add(delaySeconds);
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(QualitySummary other) {
    answered += other.answered;
    confidence += other.confidence;
    calibrated += other.calibrated;
    calibratedSum += other.calibratedSum;
    truths.merge(other.truths);
    predictions.merge(other.predictions);
    hits.merge(other.hits);
    add(binRows, other.binRows);
    add(binHits, other.binHits);
    add(binConfidence, other.binConfidence);
    delays.merge(other.delays);
  }

  /** Answers with a label. */
  public long answered() {
    return answered;
  }

  /** Answers whose right label is known. */
  public long labelled() {
    return truths.n();
  }

  /** In format version 1, which later versions of the code read. */
  public byte[] toBytes() {
    SummaryWriter out = new SummaryWriter(SummaryKind.QUALITY, VERSION);
    out.count(answered).count(confidence).count(calibrated).count(calibratedSum);
    truths.write(out);
    predictions.write(out);
    hits.write(out);
    delays.write(out);
    out.counts(binRows).counts(binHits).counts(binConfidence);
    return out.toBytes();
  }

  long hits() {
    return hits.n();
  }

  DelayCounts delays() {
    return delays;
  }

  /** Of all answers; null without. */
  @Nullable Double meanConfidence() {
    return answered == 0 ? null : FixedPoint.value(confidence) / answered;
  }

  /** The mean of the calibrated confidences; null without. */
  @Nullable Double expectedAccuracy() {
    return calibrated == 0 ? null : FixedPoint.value(calibratedSum) / calibrated;
  }

  /** The classes that occur among the labelled answers; those without a count of their own last. */
  List<ClassQuality> classes() {
    SortedMap<String, Long> labels = new TreeMap<>(truths.counts());
    labels.putAll(predictions.counts());
    List<ClassQuality> classes = new ArrayList<>();
    for (String label : labels.keySet()) {
      classes.add(
          new ClassQuality(
              label,
              truths.counts().getOrDefault(label, 0L),
              predictions.counts().getOrDefault(label, 0L),
              hits.counts().getOrDefault(label, 0L)));
    }
    if (truths.others() + predictions.others() > 0) {
      classes.add(
          new ClassQuality(DriftBin.OTHERS, truths.others(), predictions.others(), hits.others()));
    }
    return classes;
  }

  /** The bins with labelled answers, ascending. */
  List<CalibrationBin> calibrationBins() {
    List<CalibrationBin> bins = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      if (binRows[bin] > 0) {
        double rows = binRows[bin];
        bins.add(
            new CalibrationBin(
                (double) bin / Calibration.BINS,
                (bin + 1.0) / Calibration.BINS,
                binRows[bin],
                FixedPoint.value(binConfidence[bin]) / rows,
                binHits[bin] / rows));
      }
    }
    return bins;
  }

  /** In billionths; a bit above 1 is rounding, and NaN is no confidence at all. */
  private static long share(double value) {
    return Double.isNaN(value) ? 0 : FixedPoint.of(Math.min(Math.max(value, 0), 1));
  }

  private static void add(long[] counts, long[] more) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += more[i];
    }
  }

  private static void read(SummaryReader in, long[] into) {
    long[] counts = in.counts();
    if (counts.length != into.length) {
      throw in.damaged("%d calibration bins, expected %d".formatted(counts.length, into.length));
    }
    System.arraycopy(counts, 0, into, 0, counts.length);
  }
}
