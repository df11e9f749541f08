package io.millrace.statistics.window;

import io.millrace.statistics.profile.BinEdges;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.ReferenceProfile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a window looked like, feature by feature. Summaries of parts of a window merge
 * into that of the whole, in any order: counts, sizes and extremes are then the same, means and
 * spreads but for rounding; which values a sketch and a sample of vectors keep depends on chance.
 * Not safe for use by several threads.
 */
public final class FeatureSummaries {

  private static final int VERSION = 1;

  private final @Nullable ReferenceProfile reference;
  private final SortedMap<String, NumericSummary> numbers = new TreeMap<>();
  private final SortedMap<String, BoundedCounts> categories = new TreeMap<>();
  private final SortedMap<String, VectorSummary> vectors = new TreeMap<>();
  private long rows;

  private FeatureSummaries(@Nullable ReferenceProfile reference) {
    this.reference = reference;
  }

  /**
   * An empty summary.
   *
   * @param reference gives the histograms' edges; null for a version without a profile, whose
   *     numbers are kept as moments and sketches alone
   */
  public static FeatureSummaries of(@Nullable ReferenceProfile reference) {
    return new FeatureSummaries(reference);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param reference gives the edges of features that the bytes do not have; the others keep theirs
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static FeatureSummaries of(byte[] bytes, @Nullable ReferenceProfile reference) {
    SummaryReader in = new SummaryReader(SummaryKind.FEATURES, VERSION, bytes);
    FeatureSummaries read = new FeatureSummaries(reference);
    read.rows = in.count();
    read(in, read.numbers, NumericSummary::read);
    read(in, read.categories, BoundedCounts::read);
    read(in, read.vectors, VectorSummary::read);
    in.end();
    return read;
  }

  /** Adds a row; the arrays of its vectors are kept. */
  public void add(Row row) {
    rows++;
    row.numbers()
        .forEach(
            (feature, value) -> {
              if (Double.isFinite(value)) {
                number(feature).add(value);
              }
            });
    row.categories()
        .forEach(
            (feature, value) ->
                categories.computeIfAbsent(feature, name -> new BoundedCounts()).add(value));
    row.vectors()
        .forEach(
            (feature, vector) -> {
              if (vector.length > 0) {
                vectors
                    .computeIfAbsent(feature, name -> new VectorSummary(vector.length))
                    .add(vector);
              }
            });
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(FeatureSummaries other) {
    rows += other.rows;
    other.numbers.forEach((feature, summary) -> number(feature).merge(summary));
    other.categories.forEach(
        (feature, counts) ->
            categories.computeIfAbsent(feature, name -> new BoundedCounts()).merge(counts));
    other.vectors.forEach(
        (feature, summary) ->
            vectors
                .computeIfAbsent(feature, name -> new VectorSummary(summary.components()))
                .merge(summary));
  }

  public long rows() {
    return rows;
  }

  /** In format version 1, which later versions of the code read. */
  public byte[] toBytes() {
    SummaryWriter out = new SummaryWriter(SummaryKind.FEATURES, VERSION);
    out.count(rows);
    write(out, numbers, NumericSummary::write);
    write(out, categories, BoundedCounts::write);
    write(out, vectors, VectorSummary::write);
    return out.toBytes();
  }

  SortedMap<String, NumericDistribution> numbers() {
    return mapped(numbers, NumericSummary::distribution);
  }

  SortedMap<String, CategoricalDistribution> categories() {
    return mapped(categories, CategoricalDistribution::of);
  }

  SortedMap<String, VectorDistribution> vectors() {
    return mapped(vectors, VectorSummary::distribution);
  }

  private NumericSummary number(String feature) {
    return numbers.computeIfAbsent(feature, name -> new NumericSummary(bins(name)));
  }

  private @Nullable BinEdges bins(String feature) {
    NumericReference known = reference == null ? null : reference.numbers().get(feature);
    return known == null ? null : known.bins();
  }

  private static <T> void read(
      SummaryReader in, Map<String, T> features, Function<SummaryReader, T> read) {
    int size = in.size(3);
    for (int i = 0; i < size; i++) {
      features.put(in.text(), read.apply(in));
    }
  }

  private static <T> void write(
      SummaryWriter out, Map<String, T> features, BiConsumer<T, SummaryWriter> write) {
    out.count(features.size());
    features.forEach((feature, summary) -> write.accept(summary, out.text(feature)));
  }

  private static <T, R> SortedMap<String, R> mapped(Map<String, T> features, Function<T, R> map) {
    SortedMap<String, R> mapped = new TreeMap<>();
    features.forEach((feature, summary) -> mapped.put(feature, map.apply(summary)));
    return mapped;
  }
}
