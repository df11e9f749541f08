package io.millrace.ingress.deployments;

import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.protocol.JsonBodyReader;
import io.millrace.ingress.protocol.NumberRange;
import io.millrace.ingress.protocol.ObjectReader;
import io.millrace.ingress.protocol.ObjectReader.Members;
import io.millrace.ingress.protocol.ProtocolLimits;
import io.millrace.ingress.protocol.Violations;
import io.millrace.schemas.avro.Batching;
import io.millrace.schemas.avro.Candidate;
import io.millrace.schemas.avro.Deployment;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Reads the body that asks for a deployment. Safe for use by several threads. */
@Singleton
final class DeploymentReader {

  private static final long MAX_TTL_SECONDS = Duration.ofDays(365).toSeconds();
  private static final long MAX_MILLIS = Duration.ofHours(1).toMillis();
  private static final NumberRange PRICE =
      new NumberRange("a number of at least 0", value -> value >= 0);

  private final RegisteredModels registered;
  private final JsonBodyReader json;

  DeploymentReader(RegisteredModels registered, ProtocolLimits limits) {
    this.registered = registered;
    this.json = new JsonBodyReader(limits);
  }

  /**
   * Reads a body.
   *
   * @return all but the model, the revision and who asks for it when
   * @throws ProblemException {@code MALFORMED_JSON} with line and column; {@code INVALID_REQUEST}
   *     with everything found
   */
  Deployment.Builder read(String model, byte[] body) {
    return json.read(
        body,
        body.length,
        (parser, violations) -> {
          ObjectReader reader = new ObjectReader(parser, violations);
          return new Reading(
                  reader, new VersionReader(registered, model, reader, violations), violations)
              .deployment();
        });
  }

  /** One body being read. */
  private static final class Reading {

    private final ObjectReader reader;
    private final VersionReader versions;
    private final Violations violations;
    private final Deployment.Builder deployment = Deployment.newBuilder();

    Reading(ObjectReader reader, VersionReader versions, Violations violations) {
      this.reader = reader;
      this.versions = versions;
      this.violations = violations;
    }

    Deployment.Builder deployment() throws IOException {
      Set<String> seen =
          reader.object(
              "",
              new Members()
                  .with("version", this::version)
                  .with("candidate", reader.nullable(this::candidate))
                  .with(
                      "fallback_version",
                      reader.nullable(at -> deployment.setFallbackVersion(versions.version(at))))
                  .with("cache_ttl_seconds", at -> deployment.setCacheTtlSeconds(ttl(at)))
                  .with("stale_ttl_seconds", at -> deployment.setStaleTtlSeconds(ttl(at)))
                  .with("batching", reader.nullable(this::batching))
                  .with(
                      "call_timeout_ms",
                      reader.nullable(
                          at -> deployment.setCallTimeoutMillis(reader.integer(at, 1, MAX_MILLIS))))
                  .with(
                      "price_per_hour",
                      reader.nullable(at -> deployment.setPricePerHour(reader.number(at, PRICE)))));
      if (!seen.contains("version")) {
        violations.add("", "expected the member version");
      }
      Candidate candidate = deployment.getCandidate();
      if (candidate != null
          && deployment.hasVersion()
          && candidate.getVersion().equals(deployment.getVersion())) {
        violations.add("/candidate/version", "expected another version than the one in production");
      }
      return deployment;
    }

    private void version(String pointer) throws IOException {
      String version = versions.version(pointer);
      if (version != null) {
        deployment.setVersion(version);
      }
    }

    private long ttl(String pointer) throws IOException {
      return reader.integer(pointer, 0, MAX_TTL_SECONDS);
    }

    private void candidate(String pointer) throws IOException {
      Candidate candidate = new Candidate("", 0.0, 0.0);
      Set<String> seen =
          reader.object(
              pointer,
              new Members()
                  .with(
                      "version",
                      at -> {
                        String version = versions.version(at);
                        candidate.setVersion(version == null ? "" : version);
                      })
                  .with("weight", at -> candidate.setWeight(reader.number(at, NumberRange.SHARE)))
                  .with(
                      "shadow_share",
                      at -> candidate.setShadowShare(reader.number(at, NumberRange.SHARE))));
      if (!seen.contains("version")) {
        violations.add(pointer, "expected the member version");
      }
      deployment.setCandidate(candidate);
    }

    private void batching(String pointer) throws IOException {
      Batching batching = new Batching(null, null, null);
      reader.object(
          pointer,
          new Members()
              .with("max_batch_size", reader.nullable(at -> batching.setMaxBatchSize(positive(at))))
              .with(
                  "max_batch_tokens",
                  reader.nullable(at -> batching.setMaxBatchTokens(positive(at))))
              .with(
                  "max_batch_delay_ms",
                  reader.nullable(
                      at -> batching.setMaxBatchDelayMillis(reader.integer(at, 1, MAX_MILLIS)))));
      deployment.setBatching(batching);
    }

    private int positive(String pointer) throws IOException {
      return Math.toIntExact(reader.integer(pointer, 1, Integer.MAX_VALUE));
    }
  }
}
