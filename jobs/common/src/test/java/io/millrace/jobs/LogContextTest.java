package io.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogContextTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final Logger logger = (Logger) LogManager.getLogger(LogContextTest.class);
  private final Lines lines = new Lines();

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
  void marksWhatIsLoggedInside() {
    // When
    try (LogContext job = LogContext.of("j-1", "00-" + TRACE + "-b7ad6b7169203331-01")) {
      say("inside");
    }
    say("outside");

    // Then
    assertThat(lines.fields.get(0)).containsOnly(entry("job_id", "j-1"), entry("trace_id", TRACE));
    assertThat(lines.fields.get(1)).isEmpty();
  }

  @Test
  void aJobNeedsNoTrace() {
    // When
    try (LogContext job = LogContext.of("j-1", null)) {
      say("inside");
    }

    // Then
    assertThat(lines.fields.get(0)).containsOnly(entry("job_id", "j-1"));
  }

  private static void say(String message) {
    LoggerFactory.getLogger(LogContextTest.class).error(message);
  }

  private static final class Lines extends AbstractAppender {

    final List<Map<String, String>> fields = new ArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      fields.add(event.getContextData().toMap());
    }
  }
}
