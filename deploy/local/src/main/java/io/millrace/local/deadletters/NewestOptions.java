package io.millrace.local.deadletters;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which records a list shows: the newest, from a time on. */
public final class NewestOptions {

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those from then on: 30m, 12h, 7d ago, or 2026-11-01T12:00:00Z.")
  private @Nullable String since;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The newest N at most. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int limit;

  /** Whether a time was given. */
  boolean given() {
    return since != null;
  }

  /**
   * From when on; null for the beginning.
   *
   * @throws IllegalArgumentException says which option, and what was expected
   */
  public @Nullable Instant from(Clock clock) {
    if (limit < 1) {
      throw new IllegalArgumentException("--limit: expected 1 or more, found " + limit);
    }
    return since == null ? null : Since.parse(since, clock);
  }

  /** Keeps as many as are wanted. */
  public <T> Newest<T> newest(Function<T, Instant> time) {
    return new Newest<>(limit, time);
  }
}
