package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.millrace.cache.ReportSeries;
import io.millrace.ingress.ReportSettings;
import io.millrace.ingress.access.Caller;
import io.millrace.ingress.access.Callers;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads which reports a request asks for, and whether its caller may see them. */
@Singleton
final class ReportQueries {

  /** Windows that are told when a request says no range. */
  private static final int DEFAULT_WINDOWS = 120;

  private static final int MAX_NAME_LENGTH = 300;
  private static final String TENANT = "tenant=";
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private final Clock clock;
  private final int maxWindows;

  ReportQueries(Clock clock, ReportSettings settings) {
    this.clock = clock;
    this.maxWindows = settings.maxWindows();
  }

  /**
   * Reads the query parameters of a request.
   *
   * @throws ProblemException {@code BAD_REQUEST} when one is not understood, or the range is too
   *     large; {@code FORBIDDEN} when it asks for another tenant's reports
   */
  ReportQuery read(HttpRequest<?> request) {
    Caller caller = Callers.of(request);
    QueryParameters parameters = QueryParameters.of(request);
    Duration window =
        WindowLength.of(text(parameters, "window", "1m"))
            .orElseThrow(() -> bad("window: expected a length such as 1m, 1h or 1d."));
    Instant at = time(parameters, "at");
    Instant to = time(parameters, "to");
    Instant from = time(parameters, "from");
    if (to == null) {
      to = clock.instant().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    }
    if (from == null) {
      from = to.minus(window.multipliedBy(Math.min(DEFAULT_WINDOWS, maxWindows)));
    }
    if (!from.isBefore(to)) {
      throw bad("from: expected a time before to (or before now, without to).");
    }
    long windows = (Duration.between(from, to).toMillis() - 1) / window.toMillis() + 1;
    if (windows > maxWindows) {
      throw bad(
          "from, to: expected at most %d windows between them, found %d of %s; ask for a shorter"
                  .formatted(maxWindows, windows, WindowLength.label(window))
              + " range or longer windows.");
    }
    return new ReportQuery(
        window,
        version(parameters),
        segment(parameters, caller),
        tenant(parameters, caller),
        from,
        to,
        at,
        ReportFormat.of(request));
  }

  private static @Nullable String version(QueryParameters parameters) {
    String version = parameters.get("version");
    if (version != null && !DeployedModels.isVersion(version)) {
      throw bad("version: expected one like 1.0.0.");
    }
    return version;
  }

  private static String segment(QueryParameters parameters, Caller caller) {
    String segment = text(parameters, "segment", ReportSeries.ALL);
    if (!maySee(caller, segment)) {
      throw forbidden();
    }
    return segment;
  }

  private static @Nullable String tenant(QueryParameters parameters, Caller caller) {
    String tenant = parameters.get("tenant");
    if (caller.scopes().contains(Scope.OPERATE)) {
      return tenant == null ? null : text(parameters, "tenant", "");
    }
    if (tenant != null && !tenant.equals(caller.tenant())) {
      throw forbidden();
    }
    return caller.tenant();
  }

  /** Whether a caller may see what is said of a segment: operators all, others no other tenants. */
  static boolean maySee(Caller caller, String segment) {
    return caller.scopes().contains(Scope.OPERATE)
        || !segment.startsWith(TENANT)
        || segment.substring(TENANT.length()).equals(caller.tenant());
  }

  private static String text(QueryParameters parameters, String name, String otherwise) {
    String text = parameters.get(name);
    if (text == null) {
      return otherwise;
    }
    if (text.isEmpty() || text.length() > MAX_NAME_LENGTH) {
      throw bad("%s: expected 1 to %d characters.".formatted(name, MAX_NAME_LENGTH));
    }
    return text;
  }

  private static @Nullable Instant time(QueryParameters parameters, String name) {
    String text = parameters.get(name);
    if (text == null) {
      return null;
    }
    try {
      Instant time = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
      if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
        throw new DateTimeException("out of range");
      }
      return time;
    } catch (DateTimeException e) {
      throw bad(name + ": expected a time of RFC 3339 such as 2026-11-22T10:15:00Z.");
    }
  }

  private static ProblemException bad(String detail) {
    return new ProblemException(ProblemType.BAD_REQUEST, detail);
  }

  private static ProblemException forbidden() {
    return new ProblemException(
        ProblemType.FORBIDDEN,
        "Reports of other tenants need the scope operate, which the API key does not have.");
  }
}
