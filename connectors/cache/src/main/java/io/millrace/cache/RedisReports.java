package io.millrace.cache;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reports as bytes, by series, start of the window and a field of it:
 *
 * <ul>
 *   <li>{@code millrace:report-series:<kind>:<model>}: a sorted set of the series, by the start of
 *       their latest window
 *   <li>{@code millrace:report-windows:<series>}: a sorted set of the starts, by the start
 *   <li>{@code millrace:report:<start>:<series>}: a hash of the reports by field, each behind its
 *       {@link #order}
 *   <li>{@code millrace:report-detail:<start>:<series>}: the same, of reports too large to be read
 *       with their neighbours
 * </ul>
 *
 * <p>A window's hashes expire by themselves, what names them with the last of them.
 */
final class RedisReports {

  /** Windows that are asked for at once, so that no answer is larger than it must be. */
  private static final int CHUNK = 100;

  /** Series of a model that are told; the ones with the oldest reports are left out. */
  private static final int MAX_SERIES = 2_000;

  private static final int REVISION_DIGITS = 10;
  private static final int TIME_DIGITS = 15;
  private static final int ORDER_LENGTH = REVISION_DIGITS + TIME_DIGITS;

  // One script, so that a report is named as soon as it is there, and the highest revision stays.
  private static final String KEEP =
      "local known = redis.call('HGET', KEYS[3], ARGV[1]) "
          + "if known and string.sub(known, 1, #ARGV[2]) >= ARGV[2] then return 0 end "
          + "redis.call('HSET', KEYS[3], ARGV[1], ARGV[2] .. ARGV[3]) "
          + "redis.call('PEXPIRE', KEYS[3], ARGV[5]) "
          + "if ARGV[4] ~= '' then "
          + "  redis.call('HSET', KEYS[4], ARGV[1], ARGV[4]) "
          + "  redis.call('PEXPIRE', KEYS[4], ARGV[5]) "
          + "end "
          + "redis.call('ZADD', KEYS[2], ARGV[6], ARGV[6]) "
          + "redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[7]) "
          + "redis.call('PEXPIRE', KEYS[2], ARGV[8]) "
          + "local last = redis.call('ZSCORE', KEYS[1], ARGV[9]) "
          + "if not last or tonumber(last) < tonumber(ARGV[6]) then "
          + "  redis.call('ZADD', KEYS[1], ARGV[6], ARGV[9]) "
          + "end "
          + "redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[10]) "
          + "redis.call('PEXPIRE', KEYS[1], ARGV[11]) "
          + "return 1";

  private final RedisConnections connections;
  private final ReportRetention retention;
  private final Clock clock;

  RedisReports(RedisConnections connections, ReportRetention retention, Clock clock) {
    this.connections = connections;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Where a report belongs, and which of several counts there.
   *
   * @param field what it is of, in its window
   */
  record Place(ReportSeries series, Instant start, String field, int revision, Instant createdAt) {}

  /** Text that sorts reports of one window: by revision, then by the time of their making. */
  private static String order(Place place) {
    return ("%0" + REVISION_DIGITS + "d%0" + TIME_DIGITS + "d")
        .formatted(Math.max(0, place.revision()), Math.max(0, place.createdAt().toEpochMilli()));
  }

  /**
   * Keeps a report.
   *
   * @param detail all of it, where the value is a part; empty where the value is all
   */
  CompletableFuture<Boolean> keep(Place place, byte[] value, byte[] detail) {
    ReportSeries series = place.series();
    Duration kept = retention.of(series.window());
    Instant now = clock.instant();
    Duration left = Duration.between(now, place.start().plus(series.window()).plus(kept));
    if (left.toMillis() < 1) {
      return CompletableFuture.completedFuture(false);
    }
    Duration span = series.window().plus(kept);
    // A window from the future of another clock is not kept longer for it.
    long ttl = Math.min(left.toMillis(), span.toMillis());
    long start = place.start().toEpochMilli();
    byte[][] arguments = {
      bytes(place.field()),
      bytes(order(place)),
      value,
      detail,
      bytes(ttl),
      bytes(start),
      bytes(now.minus(span).toEpochMilli()),
      bytes(span.toMillis()),
      bytes(series.member()),
      bytes(now.minus(retention.longest()).minus(series.window()).toEpochMilli()),
      bytes(retention.longest().plus(series.window()).toMillis())
    };
    String[] keys = {
      seriesKey(series.kind(), series.model()),
      windowsKey(series),
      reportKey(start, series),
      detailKey(start, series)
    };
    return connections
        .<Long>run(
            "keep a report", redis -> redis.eval(KEEP, ScriptOutputType.INTEGER, keys, arguments))
        .thenApply(done -> done == 1);
  }

  CompletableFuture<List<ReportSeries.Known>> series(ReportKind kind, String model) {
    return connections
        .run(
            "list the reports of a model",
            redis -> redis.zrevrangeWithScores(seriesKey(kind, model), 0, MAX_SERIES - 1))
        .thenApply(members -> members.stream().map(member -> known(kind, model, member)).toList())
        .thenApply(all -> all.stream().filter(this::isKept).toList());
  }

  private static ReportSeries.Known known(
      ReportKind kind, String model, ScoredValue<byte[]> member) {
    return new ReportSeries.Known(
        ReportSeries.of(kind, model, new String(member.getValue(), StandardCharsets.UTF_8)),
        Instant.ofEpochMilli((long) member.getScore()));
  }

  private boolean isKept(ReportSeries.Known known) {
    Duration window = known.series().window();
    return known.lastStart().plus(window).plus(retention.of(window)).isAfter(clock.instant());
  }

  /** The values of all fields, by field, without their details. */
  CompletableFuture<ReportPage<byte[]>> all(ReportSeries series, ReportRange range) {
    return read(
        series,
        range,
        (redis, start) ->
            redis
                .hgetall(reportKey(start, series))
                .thenApply(
                    fields ->
                        new TreeMap<>(fields)
                            .values().stream().map(RedisReports::withoutOrder).toList()));
  }

  /** The values of one field. */
  CompletableFuture<ReportPage<byte[]>> field(
      ReportSeries series, String field, ReportRange range) {
    return read(
        series,
        range,
        (redis, start) ->
            redis
                .hget(reportKey(start, series), field)
                .thenApply(value -> value == null ? List.of() : List.of(withoutOrder(value))));
  }

  /** The details of one field. */
  CompletableFuture<ReportPage<byte[]>> details(
      ReportSeries series, String field, ReportRange range) {
    return read(
        series,
        range,
        (redis, start) ->
            redis
                .hget(detailKey(start, series), field)
                .thenApply(value -> value == null ? List.of() : List.of(value)));
  }

  /** Reads the reports of one window. */
  private interface WindowReader {
    CompletionStage<List<byte[]>> read(RedisAsyncCommands<String, byte[]> redis, long start);
  }

  private CompletableFuture<ReportPage<byte[]>> read(
      ReportSeries series, ReportRange range, WindowReader reader) {
    Range<Long> starts =
        Range.from(
            Range.Boundary.including(range.from().toEpochMilli()),
            Range.Boundary.excluding(range.until().toEpochMilli()));
    // One window more than can be read says whether there are more.
    Limit limit = Limit.from(range.maxReports() + 1L);
    return connections
        .run(
            "list windows of reports",
            redis -> redis.zrangebyscore(windowsKey(series), starts, limit))
        .thenApply(
            members ->
                members.stream()
                    .map(member -> Long.parseLong(new String(member, StandardCharsets.UTF_8)))
                    .toList())
        .thenCompose(found -> readOn(found, 0, new ArrayList<>(), range.maxReports(), reader));
  }

  private CompletableFuture<ReportPage<byte[]>> readOn(
      List<Long> starts, int done, List<byte[]> reports, int maxReports, WindowReader reader) {
    if (done == starts.size()) {
      return CompletableFuture.completedFuture(new ReportPage<>(reports, Optional.empty()));
    }
    List<Long> chunk = starts.subList(done, Math.min(starts.size(), done + CHUNK));
    return connections
        .run("read reports", redis -> together(chunk, start -> reader.read(redis, start)))
        .thenCompose(
            windows -> {
              int taken = done;
              for (List<byte[]> window : windows) {
                if (!reports.isEmpty() && reports.size() + window.size() > maxReports) {
                  return CompletableFuture.completedFuture(
                      new ReportPage<>(
                          reports, Optional.of(Instant.ofEpochMilli(starts.get(taken)))));
                }
                reports.addAll(window);
                taken++;
              }
              return readOn(starts, taken, reports, maxReports, reader);
            });
  }

  private static CompletionStage<List<List<byte[]>>> together(
      List<Long> starts, Function<Long, CompletionStage<List<byte[]>>> read) {
    List<CompletableFuture<List<byte[]>>> windows =
        starts.stream().map(start -> read.apply(start).toCompletableFuture()).toList();
    return CompletableFuture.allOf(windows.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> windows.stream().map(CompletableFuture::join).toList());
  }

  private static byte[] withoutOrder(byte[] value) {
    if (value.length < ORDER_LENGTH) {
      throw new CorruptEntryException("A report in Redis cannot be read: it is too short", null);
    }
    return Arrays.copyOfRange(value, ORDER_LENGTH, value.length);
  }

  static String seriesKey(ReportKind kind, String model) {
    return "millrace:report-series:" + kind.label() + ":" + model;
  }

  static String windowsKey(ReportSeries series) {
    return "millrace:report-windows:" + series.id();
  }

  static String reportKey(long start, ReportSeries series) {
    return "millrace:report:" + start + ":" + series.id();
  }

  static String detailKey(long start, ReportSeries series) {
    return "millrace:report-detail:" + start + ":" + series.id();
  }

  private static byte[] bytes(Object value) {
    return value.toString().getBytes(StandardCharsets.UTF_8);
  }
}
