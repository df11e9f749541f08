package io.millrace.ingress.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.schemas.Traceparent;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFailuresTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final Traceparent PARENT = Traceparent.of(TRACE, "b7ad6b7169203331", true);

  private final Logger logger = (Logger) LogManager.getLogger(LogFailures.class);
  private final Lines lines = new Lines(logger);
  private final LogFailures failures = new LogFailures();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.removeAppender(lines);
  }

  @Test
  void aRefusalIsLoggedWithItsJobAndTrace() {
    // When
    ProblemException refusal =
        failures.refusal(new TimeoutException("no answer"), LogFields.of("j-1", PARENT));

    // Then
    assertThat(refusal).isNotNull();
    assertThat(lines.events.get(0).getContextData().toMap())
        .containsOnly(entry("job_id", "j-1"), entry("trace_id", TRACE));
    assertThat(lines.json.get(0))
        .contains("\"job_id\":\"j-1\"", "\"trace_id\":\"" + TRACE + "\"", "\"level\":\"WARN\"")
        .contains("\"message\":\"Jobs are refused")
        .doesNotContain("flink-job-id");
  }

  @Test
  void whatIsTooLargeIsTheClientsMatter() {
    // When
    var unused = failures.refusal(new RecordTooLargeException(), LogFields.of("j-1", PARENT));

    // Then
    assertThat(lines.events).isEmpty();
  }

  private static final class Lines extends AbstractAppender {

    final List<LogEvent> events = new ArrayList<>();
    final List<String> json = new ArrayList<>();
    private final JsonTemplateLayout layout;

    Lines(Logger logger) {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
      layout =
          JsonTemplateLayout.newBuilder()
              .setConfiguration(logger.getContext().getConfiguration())
              .setEventTemplateUri("classpath:io/millrace/schemas/log.json")
              .build();
    }

    @Override
    public void append(LogEvent event) {
      events.add(event.toImmutable());
      json.add(layout.toSerializable(event));
    }
  }
}
