package io.millrace.local.bench.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/** The body of a request with one text, as both servers take it. */
final class TextBody {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private TextBody() {}

  static byte[] of(String input, String text) {
    Map<String, Object> tensor =
        Map.of("name", input, "datatype", "BYTES", "shape", List.of(1), "data", List.of(text));
    try {
      return JSON.writeValueAsBytes(Map.of("inputs", List.of(tensor)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps of texts and numbers are always valid JSON", e);
    }
  }
}
