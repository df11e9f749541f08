package io.millrace.local.stack;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the broker's authorizer has denied, as it logs it. */
final class Denials extends AbstractAppender implements AutoCloseable {

  private static final String AUTHORIZER = "kafka.authorizer.logger";

  private final Queue<String> denied = new ConcurrentLinkedQueue<>();
  private final Logger logger;

  private Denials(Logger logger) {
    super("denials", null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
  }

  static Denials watch() {
    Logger logger = (Logger) LogManager.getLogger(AUTHORIZER);
    Denials denials = new Denials(logger);
    denials.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(denials);
    return denials;
  }

  @Override
  public void append(LogEvent event) {
    String message = event.getMessage().getFormattedMessage();
    if (message.contains("Denied")) {
      denied.add(message);
    }
  }

  List<String> all() {
    return List.copyOf(denied);
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    stop();
  }
}
