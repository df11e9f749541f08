package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.lettuce.core.Range;
import io.millrace.cache.TopicProgress.Step;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class RedisReportStoreIT {

  private static final Instant NOW = Reports.start(60);
  private static final ReportRange EVERYTHING =
      new ReportRange(Reports.start(-10_000), Reports.start(10_000), 10_000);

  private static EmbeddedRedis redis;
  private static RawRedis raw;

  private RedisReportStore store;
  private String model;

  @BeforeAll
  static void startRedis(@TempDir Path directory) {
    redis = EmbeddedRedis.start(directory, 0);
    raw = new RawRedis(redis.uri());
  }

  @AfterAll
  static void stopRedis() {
    raw.close();
    redis.close();
  }

  @BeforeEach
  void open(TestInfo test) {
    model = test.getDisplayName();
    store = at(NOW);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RedisReportStore at(Instant now) {
    return RedisReportStore.open(
        RawRedis.patient(redis.uri()), ReportRetention.DEFAULT, Clock.fixed(now, ZoneOffset.UTC));
  }

  private ReportSeries series(ReportKind kind) {
    return new ReportSeries(kind, model, "1.0.0", Reports.MINUTE, ReportSeries.ALL);
  }

  private DriftReport drift(String feature, int window, int revision) {
    return Reports.drift(model, feature, window, revision);
  }

  private List<DriftReport> drift(ReportRange range) {
    return store.drift(series(ReportKind.DRIFT), range).join().reports();
  }

  private List<DriftReport> whole(String feature) {
    return store.drift(series(ReportKind.DRIFT), feature, EVERYTHING).join().reports();
  }

  @Test
  void driftIsReadByWindowAndFeatureInShortAndByFeatureWhole() {
    // When
    store.keep(drift("token_count", 1, 0)).join();
    store.keep(drift("confidence", 1, 0)).join();
    store.keep(drift("token_count", 0, 0)).join();

    // Then
    List<DriftReport> all = drift(EVERYTHING);
    assertThat(all)
        .extracting(DriftReport::getWindowStart, DriftReport::getFeature)
        .containsExactly(
            tuple(Reports.start(0), "token_count"),
            tuple(Reports.start(1), "confidence"),
            tuple(Reports.start(1), "token_count"));
    assertThat(all)
        .allSatisfy(
            report -> {
              assertThat(report.getScores()).hasSize(1);
              assertThat(report.getScores().get(0).getMethod()).isEqualTo("jensen_shannon");
              assertThat(report.getBins()).isEmpty();
              assertThat(report.getSummary()).isNull();
              assertThat(report.getN()).isEqualTo(600);
            });
    assertThat(whole("token_count"))
        .containsExactly(drift("token_count", 0, 0), drift("token_count", 1, 0));
    assertThat(whole("nothing")).isEmpty();
  }

  @Test
  void theHighestRevisionStaysInWhateverOrderTheyCome() {
    // Given
    List<DriftReport> reports = new ArrayList<>();
    for (int revision = 0; revision < 12; revision++) {
      reports.add(drift("token_count", 0, revision));
      reports.add(drift("token_count", 0, revision));
    }

    // When: together, so that they meet in Redis
    Collections.shuffle(reports, new Random(7));
    List<CompletableFuture<Boolean>> kept = reports.stream().map(store::keep).toList();
    CompletableFuture.allOf(kept.toArray(CompletableFuture<?>[]::new)).join();

    // Then
    assertThat(whole("token_count")).containsExactly(drift("token_count", 0, 11));
    assertThat(drift(EVERYTHING)).extracting(DriftReport::getRevision).containsExactly(11);
    assertThat(store.keep(drift("token_count", 0, 11)).join()).isFalse();
    assertThat(store.keep(drift("token_count", 0, 3)).join()).isFalse();
  }

  @Test
  void ofOneRevisionTheLaterReportStays() {
    // Given: a job that was restored issues a window again
    DriftReport first = drift("token_count", 0, 0);
    DriftReport again =
        DriftReport.newBuilder(first)
            .setN(601)
            .setCreatedAt(first.getCreatedAt().plusMillis(1))
            .build();

    // When
    store.keep(again).join();
    boolean older = store.keep(first).join();

    // Then
    assertThat(older).isFalse();
    assertThat(whole("token_count")).containsExactly(again);
  }

  @Test
  void rangeHasItsStartButNotItsEnd() {
    // Given
    for (int window = 0; window < 5; window++) {
      store.keep(drift("token_count", window, 0)).join();
    }

    // When // Then
    assertThat(drift(new ReportRange(Reports.start(1), Reports.start(3), 100)))
        .extracting(DriftReport::getWindowStart)
        .containsExactly(Reports.start(1), Reports.start(2));
  }

  @Test
  void aPageEndsWithAWholeWindowAndSaysWhereToGoOn() {
    // Given: more windows than are asked for at once
    for (int window = 0; window < 130; window++) {
      store.keep(drift("confidence", window - 100, 0)).join();
      store.keep(drift("token_count", window - 100, 0)).join();
    }

    // When
    ReportPage<DriftReport> first =
        store
            .drift(
                series(ReportKind.DRIFT),
                new ReportRange(Reports.start(-100), Reports.start(100), 225))
            .join();
    ReportPage<DriftReport> second =
        store
            .drift(
                series(ReportKind.DRIFT),
                new ReportRange(first.next().orElseThrow(), Reports.start(100), 225))
            .join();

    // Then
    assertThat(first.reports()).hasSize(224);
    assertThat(first.next()).contains(Reports.start(12));
    assertThat(second.reports()).hasSize(36);
    assertThat(second.reports().get(0).getWindowStart()).isEqualTo(Reports.start(12));
    assertThat(second.next()).isEmpty();
  }

  @Test
  void aWindowLargerThanAPageIsReadAllTheSame() {
    // Given
    store.keep(drift("confidence", 0, 0)).join();
    store.keep(drift("token_count", 0, 0)).join();

    // When // Then
    assertThat(drift(new ReportRange(Reports.start(0), Reports.start(1), 1))).hasSize(2);
  }

  @Test
  void reportsHaveWhatIsLeftOfTheirTime() {
    // Given
    long start = Reports.start(0).toEpochMilli();
    ReportSeries minutes = series(ReportKind.DRIFT);

    // When
    store.keep(drift("token_count", 0, 0)).join();

    // Then: the window ended 59 minutes ago
    assertThat(
            List.of(
                raw.commands().pttl(RedisReports.reportKey(start, minutes)),
                raw.commands().pttl(RedisReports.detailKey(start, minutes))))
        .allSatisfy(
            ttl ->
                assertThat(ttl)
                    .isBetween(
                        Duration.ofHours(22).toMillis(),
                        Duration.ofMinutes(23 * 60 + 1).toMillis()));
    assertThat(raw.commands().pttl(RedisReports.windowsKey(minutes))).isPositive();
    assertThat(raw.commands().pttl(RedisReports.seriesKey(ReportKind.DRIFT, model))).isPositive();
  }

  @Test
  void whatIsTooOldIsNotKeptAndNoLongerNamed() {
    // Given
    ReportSeries minutes = series(ReportKind.DRIFT);
    store.keep(drift("token_count", 0, 0)).join();
    try (RedisReportStore later = at(NOW.plus(Duration.ofHours(23)).plus(Duration.ofMinutes(5)))) {
      // When
      boolean old = later.keep(drift("token_count", 1, 0)).join();
      List<ReportSeries.Known> known = later.series(ReportKind.DRIFT, model).join();
      later.keep(drift("token_count", 100, 0)).join();

      // Then
      assertThat(old).isFalse();
      assertThat(known).isEmpty();
      assertThat(
              raw.commands()
                  .zrangebyscore(RedisReports.windowsKey(minutes), Range.<Long>unbounded()))
          .containsExactly(
              Long.toString(Reports.start(100).toEpochMilli()).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void seriesAreToldTheOneWithTheLatestReportFirst() {
    // Given
    DriftReport segment = drift("token_count", 3, 0);
    segment.setSegment("tenant=acme:east");
    DriftReport hour = drift("token_count", 0, 0);
    hour.setVersion("1.1.0-rc.1");
    hour.setWindowEnd(Reports.start(60));

    // When
    store.keep(segment).join();
    store.keep(drift("token_count", 1, 0)).join();
    store.keep(drift("token_count", 0, 0)).join();
    store.keep(hour).join();
    store.keep(Reports.quality(model, 5, 0)).join();

    // Then
    assertThat(store.series(ReportKind.DRIFT, model).join())
        .containsExactly(
            new ReportSeries.Known(
                new ReportSeries(
                    ReportKind.DRIFT, model, "1.0.0", Reports.MINUTE, "tenant=acme:east"),
                Reports.start(3)),
            new ReportSeries.Known(series(ReportKind.DRIFT), Reports.start(1)),
            new ReportSeries.Known(
                new ReportSeries(
                    ReportKind.DRIFT, model, "1.1.0-rc.1", Duration.ofHours(1), ReportSeries.ALL),
                Reports.start(0)));
    assertThat(store.series(ReportKind.COST, model).join()).isEmpty();
  }

  @Test
  void qualityIsReadByWindow() {
    // When
    store.keep(Reports.quality(model, 1, 0)).join();
    store.keep(Reports.quality(model, 0, 0)).join();
    store.keep(Reports.quality(model, 0, 1)).join();

    // Then
    assertThat(store.quality(series(ReportKind.QUALITY), EVERYTHING).join().reports())
        .extracting(QualityReport::getLabelled)
        .containsExactly(101L, 100L);
  }

  @Test
  void costIsReadByWindowAndTenant() {
    // When
    store.keep(Reports.cost(model, "zoo", 0)).join();
    store.keep(Reports.cost(model, "acme", 0)).join();
    store.keep(Reports.cost(model, "acme", 1)).join();

    // Then
    assertThat(store.cost(series(ReportKind.COST), EVERYTHING).join().reports())
        .extracting(CostReport::getTenant)
        .containsExactly("acme", "zoo", "acme");
    assertThat(store.cost(series(ReportKind.COST), "acme", EVERYTHING).join().reports())
        .containsExactly(Reports.cost(model, "acme", 0), Reports.cost(model, "acme", 1));
  }

  @Test
  void progressIsKeptBesideTheReports() {
    // When
    boolean begun = store.advance(model, new Step(0, 1, null, 7, NOW)).join();
    boolean again = store.advance(model, new Step(0, 1, null, 9, NOW)).join();

    // Then
    assertThat(begun).isTrue();
    assertThat(again).isFalse();
    assertThat(store.progress(model).join())
        .isEqualTo(new TopicProgress(Map.of(0, 7L), Optional.of(NOW)));
  }

  @Test
  void failsClearlyOnAReportThatCannotBeRead() {
    // Given
    store.keep(drift("token_count", 0, 0)).join();
    raw.commands()
        .hset(
            RedisReports.reportKey(Reports.START.toEpochMilli(), series(ReportKind.DRIFT)),
            "token_count",
            "nonsense that is long enough".getBytes(StandardCharsets.UTF_8));

    // When // Then
    assertThatThrownBy(() -> drift(EVERYTHING))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(CorruptEntryException.class)
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void failsWhenRedisIsAway(@TempDir Path directory) {
    StoppableRedis stoppable = new StoppableRedis(directory);
    try (RedisReportStore away =
        RedisReportStore.open(
            RedisConfig.of(stoppable.uri()),
            ReportRetention.DEFAULT,
            Clock.fixed(NOW, ZoneOffset.UTC))) {
      // Given
      away.keep(drift("token_count", 0, 0)).join();
      stoppable.stop();

      // When // Then
      assertThatThrownBy(() -> away.drift(series(ReportKind.DRIFT), EVERYTHING).join())
          .hasCauseInstanceOf(CacheUnavailableException.class);
      assertThatThrownBy(() -> away.keep(drift("token_count", 1, 0)).join())
          .hasCauseInstanceOf(CacheUnavailableException.class);
    }
  }
}
