package io.millrace.local.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.ContentType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.RecordHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.HexDump;
import org.jspecify.annotations.Nullable;

/** All of a dead letter, for people. */
final class LetterView {

  private static final int COLUMNS = 100;
  private static final int DETAIL_COLUMNS = 1_000;
  private static final int DUMPED_BYTES = 512;
  private static final int DECODED_LINES = 60;

  private LetterView() {}

  static List<String> lines(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT)
            .row("id", stored.id().toString())
            .row("reason", letter.getReason().name())
            .row("detail", Printable.text(letter.getDetail(), DETAIL_COLUMNS))
            .row("from", Printable.text(stored.source(), COLUMNS))
            .row("written at", letter.getRecordTimestamp().toString())
            .row("rejected at", letter.getRejectedAt().toString())
            .row("key", Printable.bytes(stored.key(), COLUMNS))
            .row(
                "value", letter.getValue() == null ? "none" : "%,d bytes".formatted(stored.size()));
    for (RecordHeader header : letter.getHeaders()) {
      table.row(
          "header",
          Printable.text(header.getKey(), COLUMNS)
              + ": "
              + Printable.bytes(StoredLetter.bytes(header.getValue()), COLUMNS));
    }
    List<String> lines = new ArrayList<>(table.lines());
    byte[] value = stored.value();
    if (value != null && value.length > 0) {
      lines.add("");
      lines.addAll(dump(value));
      lines.add("");
      lines.addAll(decoded(letter, value));
    }
    return lines;
  }

  private static List<String> dump(byte[] value) {
    StringBuilder text = new StringBuilder();
    try {
      HexDump.dump(value, 0, text, 0, Math.min(DUMPED_BYTES, value.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> lines =
        new ArrayList<>(text.toString().lines().map(String::stripTrailing).toList());
    if (value.length > DUMPED_BYTES) {
      lines.add(
          "... %,d more bytes; --raw writes all of them".formatted(value.length - DUMPED_BYTES));
    }
    return lines;
  }

  /** What this version of Millrace makes of it: the one that refused it may have been another. */
  private static List<String> decoded(DeadLetter letter, byte[] value) {
    try {
      Object message = decode(letter, value);
      if (message == null) {
        return List.of("The topic is not one that the job reads.");
      }
      List<String> lines = new ArrayList<>(List.of("This version of Millrace reads it as:"));
      List<String> json = pretty(message.toString()).lines().toList();
      json.stream()
          .limit(DECODED_LINES)
          .map(line -> Printable.text(line, COLUMNS))
          .forEach(lines::add);
      if (json.size() > DECODED_LINES) {
        lines.add("... %,d more lines".formatted(json.size() - DECODED_LINES));
      }
      return lines;
    } catch (DecodeException e) {
      return List.of("This version of Millrace cannot read it: " + e.getMessage());
    }
  }

  private static @Nullable Object decode(DeadLetter letter, byte[] value) throws DecodeException {
    String topic = letter.getTopic();
    if (topic.equals(Topic.REQUESTS.name())) {
      return MessageCodec.COMMANDS.decode(value, contentType(letter), letter.getRecordTimestamp());
    }
    return topic.equals(Topic.DEPLOYMENTS.name()) ? MessageCodec.DEPLOYMENTS.decode(value) : null;
  }

  private static byte @Nullable [] contentType(DeadLetter letter) {
    byte[] type = null;
    for (RecordHeader header : letter.getHeaders()) {
      if (header.getKey().equals(ContentType.HEADER)) {
        type = StoredLetter.bytes(header.getValue());
      }
    }
    return type;
  }

  private static String pretty(String json) {
    try {
      return JsonMapper.builder().build().readTree(json).toPrettyString();
    } catch (JsonProcessingException e) {
      return json;
    }
  }
}
