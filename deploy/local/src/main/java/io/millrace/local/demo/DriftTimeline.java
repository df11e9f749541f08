package io.millrace.local.demo;

import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import io.millrace.schemas.avro.DriftVerdict;
import io.millrace.schemas.avro.QualityReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a version's reports say, window by window. Of a window that was issued again the last report
 * counts, whatever the order in which they are read.
 */
final class DriftTimeline {

  private static final String ALL = "all";

  private final String model;
  private final String version;
  private final Duration length;
  private final SortedMap<Instant, Window> windows = new TreeMap<>();

  /**
   * @param length of the windows that count; those of others are left out
   */
  DriftTimeline(String model, String version, Duration length) {
    this.model = model;
    this.version = version;
    this.length = length;
  }

  /**
   * One window of all requests.
   *
   * @param features by name
   */
  record Window(
      Instant start,
      Instant end,
      SortedMap<String, DriftReport> features,
      @Nullable QualityReport quality) {

    /** The features that the window calls a drift. */
    List<String> drifting() {
      return features.values().stream()
          .filter(report -> report.getVerdict() == DriftVerdict.DRIFT)
          .map(DriftReport::getFeature)
          .toList();
    }

    /** Whether enough was observed for a verdict on any feature. */
    boolean judged() {
      return features.values().stream()
          .anyMatch(report -> report.getVerdict() != DriftVerdict.INSUFFICIENT);
    }

    /** Most observations of a feature. */
    long n() {
      return features.values().stream().mapToLong(DriftReport::getN).max().orElse(0);
    }

    private Window with(DriftReport report) {
      SortedMap<String, DriftReport> more = new TreeMap<>(features);
      more.merge(
          report.getFeature(),
          report,
          (old, other) -> other.getRevision() >= old.getRevision() ? other : old);
      return new Window(start, end, more, quality);
    }

    private Window with(QualityReport report) {
      return quality != null && quality.getRevision() > report.getRevision()
          ? this
          : new Window(start, end, features, report);
    }
  }

  /** The score that a report's verdict is by. */
  static Optional<DriftScore> decisive(DriftReport report) {
    return report.getScores().stream()
        .filter(score -> score.getMethod().equals(report.getMethod()))
        .findFirst();
  }

  void add(DriftReport report) {
    if (counts(
        report.getModel(),
        report.getVersion(),
        report.getSegment(),
        report.getWindowStart(),
        report.getWindowEnd())) {
      windows.compute(
          report.getWindowStart(),
          (start, window) -> orNew(window, start, report.getWindowEnd()).with(report));
    }
  }

  void add(QualityReport report) {
    if (counts(
        report.getModel(),
        report.getVersion(),
        report.getSegment(),
        report.getWindowStart(),
        report.getWindowEnd())) {
      windows.compute(
          report.getWindowStart(),
          (start, window) -> orNew(window, start, report.getWindowEnd()).with(report));
    }
  }

  private boolean counts(
      String ofModel, String ofVersion, String segment, Instant start, Instant end) {
    return model.equals(ofModel)
        && version.equals(ofVersion)
        && ALL.equals(segment)
        && Duration.between(start, end).equals(length);
  }

  private static Window orNew(@Nullable Window window, Instant start, Instant end) {
    return window == null ? new Window(start, end, new TreeMap<>(), null) : window;
  }

  /** All windows, oldest first. */
  List<Window> windows() {
    return List.copyOf(windows.values());
  }

  /** The judged windows that ended before the shift. */
  List<Window> before(Instant shift) {
    return windows.values().stream()
        .filter(Window::judged)
        .filter(window -> !window.end().isAfter(shift))
        .toList();
  }

  /** The windows that hold nothing from before the shift, and were judged. */
  List<Window> after(Instant shift) {
    return windows.values().stream()
        .filter(Window::judged)
        .filter(window -> !window.start().isBefore(shift))
        .toList();
  }

  /** The first full window after the shift that shows a drift. */
  Optional<Window> firstDrift(Instant shift) {
    return after(shift).stream().filter(window -> !window.drifting().isEmpty()).findFirst();
  }

  /** How many full windows after the shift it took to see it: 1 for the first; null for none. */
  @Nullable Integer windowsToDetect(Instant shift) {
    return firstDrift(shift).map(found -> after(shift).indexOf(found) + 1).orElse(null);
  }

  /** Share of right answers over windows, of the labelled ones; null without labels. */
  static @Nullable Double accuracy(List<Window> windows) {
    return mean(windows, QualityReport::getAccuracy, QualityReport::getLabelled);
  }

  /** What the windows estimate of their accuracy without labels; null for nothing. */
  static @Nullable Double estimatedAccuracy(List<Window> windows) {
    return mean(windows, QualityReport::getEstimatedAccuracy, QualityReport::getAnswered);
  }

  private static @Nullable Double mean(
      List<Window> windows,
      Function<QualityReport, @Nullable Double> share,
      ToLongFunction<QualityReport> weight) {
    double sum = 0;
    long weights = 0;
    for (Window window : windows) {
      QualityReport quality = window.quality();
      Double value = quality == null ? null : share.apply(quality);
      if (quality != null && value != null) {
        sum += value * weight.applyAsLong(quality);
        weights += weight.applyAsLong(quality);
      }
    }
    return weights == 0 ? null : sum / weights;
  }
}
