package io.millrace.jobs.types;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Feedback;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SharedTypeInformationTest {

  /** As the job's elements are: a record with an Avro record in it. */
  public record Element(Feedback feedback, long number) {}

  private final TypeInformation<Element> type = TypeInformation.of(Element.class);
  private final TypeSerializer<Element> plain = type.createSerializer(new SerializerConfigImpl());
  private final TypeSerializer<Element> shared =
      new SharedTypeInformation<>(type).createSerializer(new SerializerConfigImpl());
  private final Element element =
      new Element(
          Feedback.newBuilder()
              .setJobId("job")
              .setModel("model")
              .setLabel("right")
              .setCreatedAt(Instant.parse("2026-01-01T00:00:00Z"))
              .build(),
          7);

  @Test
  void aCopyIsTheElementItself() {
    assertThat(shared.copy(element)).isSameAs(element);
    assertThat(shared.duplicate().copy(element, element)).isSameAs(element);
    // What it saves.
    assertThat(plain.copy(element)).isNotSameAs(element).isEqualTo(element);
  }

  @Test
  void eachReadsWhatTheOtherHasWritten() throws IOException {
    assertThat(read(plain, written(shared))).isEqualTo(element);
    assertThat(read(shared, written(plain))).isEqualTo(element);
    assertThat(written(shared)).isEqualTo(written(plain));
  }

  @Test
  void stateOfEachIsThatOfTheOther() {
    // Then what a savepoint says of the one is compatible with the other, as it is
    assertThat(
            shared
                .snapshotConfiguration()
                .resolveSchemaCompatibility(plain.snapshotConfiguration())
                .isCompatibleAsIs())
        .isTrue();
    assertThat(
            plain
                .snapshotConfiguration()
                .resolveSchemaCompatibility(shared.snapshotConfiguration())
                .isCompatibleAsIs())
        .isTrue();
  }

  private byte[] written(TypeSerializer<Element> serializer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(element, out);
    return out.getCopyOfBuffer();
  }

  private static Element read(TypeSerializer<Element> serializer, byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
