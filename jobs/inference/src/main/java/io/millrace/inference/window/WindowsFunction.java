package io.millrace.inference.window;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.reference.References;
import io.millrace.inference.reference.VersionReference;
import io.millrace.inference.report.CostReports;
import io.millrace.inference.report.DriftReports;
import io.millrace.inference.report.QualityReports;
import io.millrace.inference.report.ReportWindow;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.inference.summarise.Price;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.window.CostSummary;
import io.millrace.statistics.window.DriftAssessment;
import io.millrace.statistics.window.DriftRule;
import io.millrace.statistics.window.FeatureDrift;
import io.millrace.statistics.window.FeatureSummaries;
import io.millrace.statistics.window.QualityAssessment;
import io.millrace.statistics.window.QualitySummary;
import io.millrace.statistics.window.Reference;
import io.millrace.statistics.window.TenantCost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Merges partial summaries into windows, keyed by model, version and dimension, and issues the
 * reports of a window when event time passes its end. What comes later changes the window, whose
 * reports are then issued again with the next revision: all changes of an interval together. After
 * the lateness features and costs are forgotten, after the wait for labels the rest.
 */
final class WindowsFunction extends KeyedProcessFunction<String, PartialSummary, DriftReport> {

  private static final long serialVersionUID = 1L;

  static final OutputTag<QualityReport> QUALITY =
      new OutputTag<>("quality-reports", TypeInformation.of(QualityReport.class));

  static final OutputTag<CostReport> COST =
      new OutputTag<>("cost-reports", TypeInformation.of(CostReport.class));

  private static final TypeInformation<WindowId> WINDOW = TypeInformation.of(WindowId.class);

  private static final MapStateDescriptor<WindowId, byte[]> FEATURES = summaries("features");
  private static final MapStateDescriptor<WindowId, byte[]> QUALITIES = summaries("quality");
  private static final MapStateDescriptor<WindowId, byte[]> COSTS = summaries("cost");
  private static final MapStateDescriptor<WindowId, byte[]> TRAILING = summaries("trailing");

  private static final MapStateDescriptor<WindowId, WindowStatus> STATUS =
      new MapStateDescriptor<>("status", WINDOW, TypeInformation.of(WindowStatus.class));

  /** Windows over, and changed since they were issued. */
  private static final MapStateDescriptor<WindowId, Boolean> CHANGED =
      new MapStateDescriptor<>("changed", WINDOW, Types.BOOLEAN);

  private static final MapStateDescriptor<String, Long> SEGMENTS =
      new MapStateDescriptor<>("segments", Types.STRING, Types.LONG);

  private final WindowRule rule;
  private final InferenceConfig.Drift drift;
  private final double maxAccuracyDrop;
  private final References.Factory factory;
  private transient References references;
  private transient MapState<WindowId, byte[]> features;
  private transient MapState<WindowId, byte[]> qualities;
  private transient MapState<WindowId, byte[]> costs;
  private transient MapState<WindowId, WindowStatus> statuses;
  private transient MapState<WindowId, Boolean> changed;
  private transient SegmentNames segments;
  private transient TrailingWindows trailing;
  private transient WindowMetrics metrics;

  WindowsFunction(
      InferenceConfig.Drift drift, InferenceConfig.Quality quality, References.Factory factory) {
    rule = WindowRule.of(drift, quality);
    this.drift = drift;
    maxAccuracyDrop = quality.maxAccuracyDrop();
    this.factory = factory;
  }

  private static MapStateDescriptor<WindowId, byte[]> summaries(String name) {
    return new MapStateDescriptor<>(
        name, WINDOW, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }

  @Override
  public void open(OpenContext context) {
    features = getRuntimeContext().getMapState(FEATURES);
    qualities = getRuntimeContext().getMapState(QUALITIES);
    costs = getRuntimeContext().getMapState(COSTS);
    statuses = getRuntimeContext().getMapState(STATUS);
    changed = getRuntimeContext().getMapState(CHANGED);
    segments = new SegmentNames(drift.maxSegments(), getRuntimeContext().getMapState(SEGMENTS));
    trailing =
        new TrailingWindows(
            drift.trailing().toMillis(),
            rule.shortest(),
            getRuntimeContext().getMapState(TRAILING));
    metrics = new WindowMetrics(getRuntimeContext().getMetricGroup());
    references = factory.open();
  }

  @Override
  public void processElement(PartialSummary partial, Context context, Collector<DriftReport> out)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    long until = rule.until(WindowId.of("", partial.start(), rule.longest()));
    String segment = segments.name(partial, until, watermark);
    ReferenceProfile profile = profile(partial.model(), partial.version());
    metrics.spent(partial);
    for (long length : rule.lengths()) {
      add(partial, WindowId.of(segment, partial.start(), length), profile, context);
    }
    if (partial.features() != null && profile == null) {
      trailing.add(segment, partial.start(), partial.features());
      context.timerService().registerEventTimeTimer(trailing.until(partial.start(), rule));
    }
  }

  private void add(
      PartialSummary partial, WindowId window, @Nullable ReferenceProfile profile, Context context)
      throws Exception {
    long watermark = context.timerService().currentWatermark();
    boolean takesFeatures = watermark < rule.featuresUntil(window);
    boolean takesQuality = watermark < rule.until(window);
    if (!takesFeatures) {
      metrics.droppedFeatures(partial);
    }
    if (!takesQuality) {
      metrics.droppedQuality(partial);
    }
    byte[] moreFeatures = takesFeatures ? partial.features() : null;
    byte[] moreQuality = takesQuality ? partial.quality() : null;
    byte[] moreCost = takesFeatures ? partial.cost() : null;
    if (moreFeatures == null && moreQuality == null && moreCost == null) {
      return;
    }
    if (moreFeatures != null) {
      features.put(window, Merging.features(features.get(window), moreFeatures, profile));
    }
    if (moreQuality != null) {
      qualities.put(window, Merging.quality(qualities.get(window), moreQuality));
    }
    if (moreCost != null) {
      costs.put(window, Merging.cost(costs.get(window), moreCost));
    }
    WindowStatus known = statuses.get(window);
    if (known == null) {
      known = WindowStatus.NEW;
      context.timerService().registerEventTimeTimer(window.last());
      context.timerService().registerEventTimeTimer(rule.featuresUntil(window));
      context.timerService().registerEventTimeTimer(rule.until(window));
    }
    statuses.put(
        window,
        known.changed(
            moreFeatures != null,
            moreQuality != null,
            moreCost != null,
            moreFeatures == null ? 0 : partial.rows(),
            partial.price()));
    if (watermark >= window.last()) {
      changed.put(window, true);
      long interval = drift.lateInterval().toMillis();
      long now = context.timerService().currentProcessingTime();
      context
          .timerService()
          .registerProcessingTimeTimer(Math.floorDiv(now, interval) * interval + interval);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<DriftReport> out)
      throws Exception {
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      List<WindowId> late = new ArrayList<>();
      changed.keys().forEach(late::add);
      for (WindowId window : late) {
        issue(window, context, out);
      }
      return;
    }
    // All are looked at, so that none of a length or lateness of an earlier configuration is left.
    Map<WindowId, WindowStatus> windows = new HashMap<>();
    statuses.entries().forEach(entry -> windows.put(entry.getKey(), entry.getValue()));
    for (Map.Entry<WindowId, WindowStatus> entry : windows.entrySet()) {
      pass(entry.getKey(), entry.getValue(), timestamp, context, out);
    }
    trailing.expire(timestamp, rule);
  }

  /** Does with a window what is due at a time. */
  private void pass(
      WindowId window,
      WindowStatus status,
      long time,
      OnTimerContext context,
      Collector<DriftReport> out)
      throws Exception {
    boolean ends = rule.until(window) <= time;
    boolean forgets = !status.forgotten() && rule.featuresUntil(window) <= time;
    // One that began late waits for what else is late.
    boolean over = !status.issued() && window.last() <= time && !changed.contains(window);
    if (over || forgets || ends) {
      issue(window, context, out);
    }
    if (forgets) {
      features.remove(window);
      costs.remove(window);
      WindowStatus issued = statuses.get(window);
      statuses.put(window, (issued == null ? status : issued).forgetting());
    }
    if (ends) {
      qualities.remove(window);
      statuses.remove(window);
    }
  }

  /** Issues what changed since the last time. */
  private void issue(WindowId window, OnTimerContext context, Collector<DriftReport> out)
      throws Exception {
    changed.remove(window);
    WindowStatus status = statuses.get(window);
    if (status == null || !status.isChanged()) {
      return;
    }
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    WindowKey key = WindowKey.of(context.getCurrentKey());
    byte[] storedFeatures = status.features() ? features.get(window) : null;
    if (storedFeatures != null) {
      drift(key, window, status, storedFeatures, now).forEach(out::collect);
    }
    byte[] storedQuality = status.quality() ? qualities.get(window) : null;
    if (storedQuality != null) {
      context.output(QUALITY, quality(key, window, status, storedQuality, now));
    }
    byte[] storedCost = status.cost() ? costs.get(window) : null;
    if (storedCost != null) {
      SortedMap<String, TenantCost> tenants = CostSummary.of(storedCost).tenants();
      Price price = status.price();
      CostReports.of(
              reportOf(key, window, status.costRevision(), now),
              tenants,
              price == null ? null : price.perHour())
          .forEach(report -> context.output(COST, report));
    }
    statuses.put(window, status.afterIssue());
  }

  private List<DriftReport> drift(
      WindowKey key, WindowId window, WindowStatus status, byte[] stored, Instant now)
      throws Exception {
    ReferenceProfile profile = profile(key.model(), key.version());
    TrailingWindows.Trailing earlier = profile == null ? trailing.before(window) : null;
    Reference reference = earlier == null ? Reference.ofPackage(profile) : earlier.reference();
    List<FeatureDrift> drifts =
        DriftAssessment.assess(
            FeatureSummaries.of(stored, profile),
            reference,
            new DriftRule(
                drift.minObservations(), drift.alpha(), DriftRule.DEFAULT.permutations()));
    metrics.drift(key, window, drifts);
    return DriftReports.of(
        reportOf(key, window, status.driftRevision(), now),
        drifts,
        status.lateRows(),
        earlier == null ? null : earlier.span());
  }

  private QualityReport quality(
      WindowKey key, WindowId window, WindowStatus status, byte[] stored, Instant now) {
    Double baseline = reference(key.model(), key.version()).accuracy();
    Double floor = baseline == null ? null : Math.max(0, baseline - maxAccuracyDrop);
    QualityReport report =
        QualityReports.of(
            reportOf(key, window, status.qualityRevision(), now),
            QualityAssessment.assess(QualitySummary.of(stored)),
            baseline,
            floor);
    metrics.quality(window, report);
    return report;
  }

  private static ReportWindow reportOf(WindowKey key, WindowId window, int revision, Instant now) {
    return new ReportWindow(
        key.model(),
        key.version(),
        window.segment(),
        Instant.ofEpochMilli(window.start()),
        Instant.ofEpochMilli(window.end()),
        revision,
        now);
  }

  /** The profile that windows are compared with; null when it is earlier windows. */
  private @Nullable ReferenceProfile profile(String model, String version) {
    return drift.reference() == InferenceConfig.Drift.Source.PACKAGE
        ? reference(model, version).profile()
        : null;
  }

  private VersionReference reference(String model, String version) {
    return references.of(model, version).join();
  }

  @Override
  public void close() {
    if (references != null) {
      references.close();
    }
  }
}
