package io.millrace.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.inference.label.Answered;
import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.LabelledOutcome;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.rollout.VersionReadiness;
import io.millrace.inference.route.Probe;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.inference.route.WaitingCommand;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.inference.summarise.Price;
import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.TrafficChange;
import io.millrace.inference.traffic.Traffics;
import io.millrace.inference.window.WindowId;
import io.millrace.inference.window.WindowStatus;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.models.Features;
import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.RolloutPhase;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins that nothing on an edge or in state falls to Kryo, and that all of it comes back. */
class StateSerializationTest {

  private static final InferenceCommand COMMAND = Commands.command("job-1", "hello");

  private static final Sample SAMPLE =
      new Sample(
          "m",
          "1.0.0",
          "acme",
          List.of("tenant=acme"),
          Origin.COMPUTED,
          List.of(
              new Features(
                  Map.of("token_count", 3.0, "unknown_share", 0.5),
                  Map.of("label", "refund"),
                  Map.of("embedding", new float[] {1, 2}))),
          "job-1",
          "refund",
          0.75,
          5,
          new Execution(0.1, 0.2, 3, 4, 5, 0.06, null),
          null,
          new CallCost(0.005, 0.0002),
          1.5);

  private static final Answered ANSWERED =
      new Answered("job-1", "m", "1.0.0", List.of("tenant=acme"), "refund", 0.75, 5, 6);

  static Stream<Arguments> typesOnEdgesAndInState() {
    return Stream.of(
        Arguments.of(
            TypeInformation.of(ReceivedRecord.class),
            new ReceivedRecord(
                "t", 1, 2, 3, null, new byte[0], List.of(new ReceivedRecord.Header("h", null)))),
        Arguments.of(TypeInformation.of(InferenceCommand.class), COMMAND),
        Arguments.of(
            TypeInformation.of(RoutedRequest.class),
            RoutedRequest.of(COMMAND, "1.0.0", 60, null, 0)),
        Arguments.of(
            TypeInformation.of(RoutedRequest.class),
            RoutedRequest.of(COMMAND, "1.0.0", 60, "0.9.0", 5).answeredBy("2.0.0", 7)),
        Arguments.of(
            TypeInformation.of(RoutedRequest.class),
            RoutedRequest.of(new Probe("m", 7, List.of("1.0.0", "2.0.0")))),
        Arguments.of(
            TypeInformation.of(ModelTraffic.class),
            ModelTraffic.NONE
                .with(Traffics.deployment(1, "1.0.0"))
                .with(Traffics.rollout(2, "1.0.0", "2.0.0"))
                .with(Traffics.decision(3, 1, RolloutPhase.ACTIVE, "2.0.0", null, 0, 0))),
        Arguments.of(
            TypeInformation.of(TrafficChange.class),
            TrafficChange.of(Traffics.deployment(1, "1.0.0"))),
        Arguments.of(TypeInformation.of(TrafficChange.class), TrafficChange.beat()),
        Arguments.of(
            TypeInformation.of(Outcome.class),
            Outcome.of(
                new Observation("m", 7, "2.0.0", Arm.SHADOW, "job-1", false, null, null, true),
                SAMPLE)),
        Arguments.of(TypeInformation.of(Sample.class), SAMPLE),
        Arguments.of(
            TypeInformation.of(PartialSummary.class),
            new PartialSummary(
                "m",
                "1.0.0",
                "tenant",
                "tenant=acme",
                60_000,
                new byte[] {1, 2},
                7,
                null,
                new byte[0],
                new Price(0.4, 5))),
        Arguments.of(
            TypeInformation.of(LabelledAnswer.class), new LabelledAnswer(ANSWERED, "x", 2)),
        Arguments.of(TypeInformation.of(Answered.class), ANSWERED),
        Arguments.of(
            TypeInformation.of(WindowId.class), new WindowId("tenant=acme", 60_000, 120_000)),
        Arguments.of(
            TypeInformation.of(WindowStatus.class),
            new WindowStatus(true, false, true, false, true, 1, 2, 3, 4, null)),
        Arguments.of(
            TypeInformation.of(Outcome.class),
            Outcome.of(new VersionReadiness("m", 7, 0, 2, "no such version"))),
        Arguments.of(
            TypeInformation.of(Observation.class),
            new Observation("m", 3, "1.1.0", Arm.SHADOW, "job-1", false, 0.25, "refund", true)),
        Arguments.of(
            TypeInformation.of(Observation.class),
            new Observation("m", 3, "1.1.0", Arm.CANDIDATE, "job-1", true, null, null, null)),
        Arguments.of(
            TypeInformation.of(VersionReadiness.class), new VersionReadiness("m", 3, 1, 2, null)),
        Arguments.of(
            TypeInformation.of(LabelledOutcome.class),
            new LabelledOutcome("m", 3, "1.1.0", Arm.SHADOW, true)),
        Arguments.of(TypeInformation.of(WaitingCommand.class), new WaitingCommand(COMMAND, 5)),
        Arguments.of(TypeInformation.of(Deployment.class), Commands.deployment("m", 1, "1.0.0")));
  }

  @ParameterizedTest
  @MethodSource("typesOnEdgesAndInState")
  <T> void aValueComesBackAsItWas(TypeInformation<T> type, T value) throws IOException {
    TypeSerializer<T> serializer = withoutGenericTypes(type);
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(value, out);

    T back = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));

    assertThat(back).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void resultsAndDeadLettersAreAvro() {
    assertThat(withoutGenericTypes(TypeInformation.of(InferenceResult.class)).getClass().getName())
        .contains("AvroSerializer");
    assertThat(withoutGenericTypes(TypeInformation.of(DeadLetter.class)).getClass().getName())
        .contains("AvroSerializer");
  }

  /** Throws when a part of the type would need Kryo. */
  private static <T> TypeSerializer<T> withoutGenericTypes(TypeInformation<T> type) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return type.createSerializer(new SerializerConfigImpl(configuration));
  }
}
