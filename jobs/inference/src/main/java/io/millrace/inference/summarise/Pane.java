package io.millrace.inference.summarise;

import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.reference.VersionReference;
import io.millrace.models.Features;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.FeatureSummaries;
import io.millrace.statistics.window.QualitySummary;
import io.millrace.statistics.window.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one subtask saw of one segment in one pane. */
final class Pane {

  private final Segment segment;
  private final long start;
  private final VersionReference reference;
  private final Measures measures;
  private @Nullable FeatureSummaries features;
  private @Nullable QualitySummary quality;
  private @Nullable CostSummary cost;
  private @Nullable Price price;
  private @Nullable PartialSummary written;

  Pane(Segment segment, long start, VersionReference reference, Measures measures) {
    this.segment = segment;
    this.start = start;
    this.reference = reference;
    this.measures = measures;
  }

  void add(Sample sample, long time) {
    written = null;
    if (measures.drift()) {
      sample.rows().forEach(row -> features().add(row(row)));
    }
    String label = sample.label();
    if (measures.quality() && label != null && !Double.isNaN(sample.confidence())) {
      double confidence = sample.confidence();
      quality().answered(label, confidence, reference.calibrated(confidence));
    }
    // Tenants are told apart inside of it; a segment of them would say the same again.
    if (measures.cost() && segment.name().equals(Segment.ALL)) {
      Costs.add(sample, cost());
      Double perHour = sample.pricePerHour();
      price = Price.latest(price, perHour == null ? null : new Price(perHour, time));
    }
  }

  void add(LabelledAnswer labelled) {
    written = null;
    quality()
        .labelled(
            labelled.answer().label(),
            labelled.answer().confidence(),
            labelled.label(),
            labelled.delaySeconds());
  }

  /** Adds what another subtask, or an earlier run, saw of the same. */
  void add(PartialSummary other) {
    written = null;
    if (other.features() != null) {
      features().merge(FeatureSummaries.of(other.features(), profile()));
    }
    if (other.quality() != null) {
      quality().merge(QualitySummary.of(other.quality()));
    }
    if (other.cost() != null) {
      cost().merge(CostSummary.of(other.cost()));
    }
    price = Price.latest(price, other.price());
  }

  /** What there is; the same object until something is added. */
  PartialSummary summary() {
    PartialSummary known = written;
    if (known == null) {
      known =
          new PartialSummary(
              segment.model(),
              segment.version(),
              segment.dimension(),
              segment.name(),
              start,
              features == null ? null : features.toBytes(),
              features == null ? 0 : features.rows(),
              quality == null ? null : quality.toBytes(),
              cost == null ? null : cost.toBytes(),
              price);
      written = known;
    }
    return known;
  }

  /** Vectors take too much room to be kept by segment. */
  private Row row(Features row) {
    return new Row(
        row.numbers(),
        row.categories(),
        segment.name().equals(Segment.ALL) ? row.vectors() : Map.of());
  }

  private @Nullable ReferenceProfile profile() {
    return measures.profiled() ? reference.profile() : null;
  }

  private FeatureSummaries features() {
    if (features == null) {
      features = FeatureSummaries.of(profile());
    }
    return features;
  }

  private QualitySummary quality() {
    if (quality == null) {
      quality = new QualitySummary();
    }
    return quality;
  }

  private CostSummary cost() {
    if (cost == null) {
      cost = new CostSummary();
    }
    return cost;
  }
}
