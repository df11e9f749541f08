package io.millrace.inference.infer;

import io.millrace.inference.observe.Dimensions;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes samples of what requests end with; or none. */
public final class Sampling implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Takes none. */
  public static final Sampling OFF = new Sampling(null);

  private final @Nullable Dimensions dimensions;

  private Sampling(@Nullable Dimensions dimensions) {
    this.dimensions = dimensions;
  }

  /** Of everything, with the segments that these dimensions give. */
  public static Sampling by(Dimensions dimensions) {
    return new Sampling(dimensions);
  }

  /** Of an answer. */
  @Nullable Sample answered(RoutedRequest request, Answer.Success answer, Instant at) {
    if (dimensions == null) {
      return null;
    }
    InferenceCommand command = request.command();
    String label = Outputs.label(answer.outputs());
    return new Sample(
        command.getModel(),
        answer.version(),
        command.getTenant(),
        dimensions.segments(command),
        answer.origin(),
        answer.features(),
        command.getJobId(),
        label,
        label == null ? Double.NaN : Outputs.confidence(answer.outputs()),
        at.toEpochMilli(),
        answer.execution(),
        answer.original(),
        answer.source(),
        request.pricePerHour());
  }

  /** Of the last good answer, which stood in for one. */
  @Nullable Sample stale(RoutedRequest request, InferenceResult last, Instant at) {
    String version = last.getVersion();
    return version == null
        ? null
        : answered(
            request,
            new Answer.Success(
                version,
                Origin.STALE,
                last.getOutputs(),
                null,
                last.getExecution(),
                null,
                List.of()),
            at);
  }

  /** Of a version that gave none. */
  @Nullable Sample failed(RoutedRequest request, String version, Instant at) {
    if (dimensions == null) {
      return null;
    }
    InferenceCommand command = request.command();
    return new Sample(
        command.getModel(),
        version,
        command.getTenant(),
        dimensions.segments(command),
        null,
        List.of(),
        command.getJobId(),
        null,
        Double.NaN,
        at.toEpochMilli(),
        null,
        null,
        null,
        request.pricePerHour());
  }
}
