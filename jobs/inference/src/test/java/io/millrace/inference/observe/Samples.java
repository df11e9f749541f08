package io.millrace.inference.observe;

import io.millrace.models.Features;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Samples for tests: of a classifier that is 0.75 sure. */
public final class Samples {

  public static final String MODEL = "support-desk";
  public static final String VERSION = "1.0.0";
  public static final double CONFIDENCE = 0.75;

  /** Of each computed answer: 8 tokens, padded to 10, a tenth of a second of 0.4 s. */
  private static final Execution CALL = new Execution(0.0, 0.4, 4, 8, 10, 0.1, 0.25);

  private Samples() {}

  /** An answer that the model gave. */
  public static Sample computed(String jobId, String tenant, double tokens, String label) {
    return sample(
        jobId,
        tenant,
        Origin.COMPUTED,
        List.of(new Features(Map.of("token_count", tokens), Map.of("label", label), Map.of())),
        label,
        CALL,
        null);
  }

  /** The same answer again. */
  public static Sample cached(String jobId, String tenant, String label) {
    return sample(jobId, tenant, Origin.CACHED, List.of(), label, null, CALL);
  }

  /** No answer. */
  public static Sample failed(String jobId, String tenant) {
    return sample(jobId, tenant, null, List.of(), null, null, null);
  }

  private static Sample sample(
      String jobId,
      String tenant,
      @Nullable Origin origin,
      List<Features> rows,
      @Nullable String label,
      @Nullable Execution call,
      @Nullable Execution original) {
    return new Sample(
        MODEL,
        VERSION,
        tenant,
        List.of("tenant=" + tenant),
        origin,
        rows,
        jobId,
        label,
        label == null ? Double.NaN : CONFIDENCE,
        0,
        call,
        original,
        null,
        3.6);
  }
}
