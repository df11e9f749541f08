package io.millrace.local.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DeadLetterReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterViewTest {

  @Test
  void showsAllThatIsKnown() {
    String shown = view(Topic.REQUESTS.name(), Letters.bytes("no command at all"));

    assertThat(shown)
        .contains("id           1:7")
        .contains("reason       MALFORMED")
        .contains("detail       expected .[31msomething. else")
        .contains("from         inference.requests-2@42")
        .contains("written at   2026-11-01T12:00:00Z")
        .contains("rejected at  2026-11-01T12:00:01Z")
        .contains("key          the key")
        .contains("value        17 bytes")
        .contains("header       traceparent: 00-ab-cd-01")
        .contains("header       empty: -")
        .contains("6E 6F 20 63")
        .contains("cannot read it: expected Avro's single-object encoding");
  }

  @Test
  void theDumpEndsAfterAWhile() {
    assertThat(view(Topic.REQUESTS.name(), new byte[1_512])).contains("... 1,000 more bytes");
  }

  @Test
  void readsWhatCanBeReadByNow() {
    // Given
    InferenceCommand command =
        InferenceCommand.newBuilder()
            .setJobId("job-1")
            .setModel("support-desk")
            .setCreatedAt(Letters.NOON)
            .setCommand(
                Submit.newBuilder()
                    .setInputs(List.of(Tensors.ofStrings("text", List.of("hello"))))
                    .build())
            .build();

    // Then
    assertThat(view(Topic.REQUESTS.name(), MessageCodec.COMMANDS.encode(command)))
        .contains("This version of Millrace reads it as:")
        .contains("\"job_id\" : \"job-1\"");
  }

  @Test
  void aTopicOfOthersIsNotDecoded() {
    assertThat(view("payments", Letters.bytes("x"))).contains("not one that the job reads");
  }

  private static String view(String topic, byte[] value) {
    return String.join(
        "\n",
        LetterView.lines(
            new StoredLetter(
                new DeadLetterId(1, 7), Letters.of(topic, DeadLetterReason.MALFORMED, value))));
  }
}
