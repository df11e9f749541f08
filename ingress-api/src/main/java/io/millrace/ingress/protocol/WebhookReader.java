package io.millrace.ingress.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.schemas.WebhookUrls;
import io.millrace.schemas.avro.Webhook;
import io.millrace.schemas.avro.WebhookEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code webhook}: who is told when the job has ended. */
final class WebhookReader {

  private static final Map<String, WebhookEvent> EVENTS =
      Map.of(
          "job.succeeded", WebhookEvent.JOB_SUCCEEDED,
          "job.failed", WebhookEvent.JOB_FAILED,
          "job.cancelled", WebhookEvent.JOB_CANCELLED,
          "job.expired", WebhookEvent.JOB_EXPIRED);

  private static final String EVENT =
      "\"job.succeeded\", \"job.failed\", \"job.cancelled\" or \"job.expired\"";

  private final JsonParser parser;
  private final Violations violations;
  private final boolean httpAllowed;

  WebhookReader(JsonParser parser, Violations violations, boolean httpAllowed) {
    this.parser = parser;
    this.violations = violations;
    this.httpAllowed = httpAllowed;
  }

  /** The webhook at the parser's current token; null, and violations, when it is none. */
  @Nullable Webhook webhook(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_OBJECT)) {
      Json.refuse(parser, violations, pointer, "an object with a url");
      return null;
    }
    String url = null;
    boolean hasUrl = false;
    List<WebhookEvent> events = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String member = parser.currentName();
      String child = Json.child(pointer, member);
      parser.nextToken();
      switch (member) {
        case "url" -> {
          hasUrl = true;
          url = url(child);
        }
        case "events" -> events = events(child);
        default -> {
          violations.add(child, "unknown member, expected url or events");
          parser.skipChildren();
        }
      }
    }
    if (!hasUrl) {
      violations.add(pointer + "/url", "expected an absolute URL, found nothing");
    }
    return url == null ? null : new Webhook(url, events);
  }

  private @Nullable String url(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      Json.refuse(parser, violations, pointer, "an absolute URL");
      return null;
    }
    String url = parser.getText();
    String violation = WebhookUrls.violation(url, httpAllowed).orElse(null);
    if (violation != null) {
      violations.add(pointer, violation);
      return null;
    }
    return url;
  }

  private List<WebhookEvent> events(String pointer) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      Json.refuse(parser, violations, pointer, "an array of events");
      return List.of();
    }
    List<WebhookEvent> events = new ArrayList<>();
    int index = 0;
    for (; parser.nextToken() != JsonToken.END_ARRAY; index++) {
      WebhookEvent event =
          parser.hasToken(JsonToken.VALUE_STRING) ? EVENTS.get(parser.getText()) : null;
      if (event == null) {
        violations.add(Json.child(pointer, index), "expected " + EVENT);
        parser.skipChildren();
      } else if (!events.contains(event)) {
        events.add(event);
      }
    }
    if (index == 0) {
      violations.add(pointer, "expected at least one event; without events all are told");
    }
    return events;
  }
}
