package io.millrace.local.bench.stream;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Commands with one text each. */
final class TextMessages implements CommandMessages {

  private final String model;
  private final String input;
  private final List<String> texts;
  private final InstantSource clock = Clock.systemUTC();

  TextMessages(String model, String input, List<String> texts) {
    this.model = model;
    this.input = input;
    this.texts = texts;
  }

  @Override
  public byte[] value(int number) {
    return MessageCodec.COMMANDS.encode(
        InferenceCommand.newBuilder()
            .setJobId(CommandMessages.jobId(number))
            .setModel(model)
            .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .setCommand(
                Submit.newBuilder()
                    .setInputs(List.of(Tensors.ofStrings(input, List.of(texts.get(number)))))
                    .build())
            .build());
  }
}
