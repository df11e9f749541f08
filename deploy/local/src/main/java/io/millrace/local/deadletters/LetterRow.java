package io.millrace.local.deadletters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.schemas.avro.DeadLetter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a list shows of a dead letter; without its bytes. */
record LetterRow(
    DeadLetterId id, Instant rejectedAt, String reason, String source, int bytes, String detail) {

  private static final int DETAIL_COLUMNS = 60;
  private static final int SOURCE_COLUMNS = 60;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  static LetterRow of(StoredLetter stored) {
    DeadLetter letter = stored.letter();
    return new LetterRow(
        stored.id(),
        letter.getRejectedAt(),
        letter.getReason().name(),
        stored.source(),
        stored.size(),
        letter.getDetail());
  }

  static List<String> table(List<LetterRow> rows) {
    TextTable table =
        new TextTable(Align.LEFT, Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT, Align.LEFT)
            .header("id", "rejected at", "reason", "from", "bytes", "detail");
    for (LetterRow row : rows) {
      table.row(
          row.id.toString(),
          row.rejectedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
          row.reason,
          Printable.text(row.source, SOURCE_COLUMNS),
          "%,d".formatted(row.bytes),
          Printable.text(row.detail, DETAIL_COLUMNS));
    }
    return table.lines();
  }

  String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id.toString());
    fields.put("rejected_at", rejectedAt.toString());
    fields.put("reason", reason);
    fields.put("source", source);
    fields.put("bytes", bytes);
    fields.put("detail", detail);
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts and numbers are always valid JSON", e);
    }
  }
}
