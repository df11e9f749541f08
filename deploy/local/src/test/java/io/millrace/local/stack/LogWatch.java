package io.millrace.local.stack;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged and must not be. */
final class LogWatch extends AbstractAppender implements AutoCloseable {

  private final Queue<String> seen = new ConcurrentLinkedQueue<>();
  private final Logger logger;
  private final Level before;
  private final Predicate<String> looksFor;

  private LogWatch(String name, Logger logger, Predicate<String> looksFor) {
    super(name, null, null, true, Property.EMPTY_ARRAY);
    this.logger = logger;
    this.before = logger.getLevel();
    this.looksFor = looksFor;
  }

  /** What the broker's authorizer denies, as it logs it. */
  static LogWatch denials() {
    return watch(
        (Logger) LogManager.getLogger("kafka.authorizer.logger"),
        message -> message.contains("Denied"));
  }

  /** Any message of anybody in which one of the texts stands. */
  static LogWatch of(List<String> texts) {
    return watch(
        (Logger) LogManager.getRootLogger(), message -> texts.stream().anyMatch(message::contains));
  }

  private static LogWatch watch(Logger logger, Predicate<String> looksFor) {
    LogWatch watch = new LogWatch("watch " + logger.getName(), logger, looksFor);
    watch.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(watch);
    return watch;
  }

  @Override
  public void append(LogEvent event) {
    String message = event.getMessage().getFormattedMessage() + " " + event.getThrown();
    if (looksFor.test(message)) {
      seen.add(message);
    }
  }

  List<String> messages() {
    return List.copyOf(seen);
  }

  @Override
  public void close() {
    logger.removeAppender(this);
    logger.setLevel(before);
    stop();
  }
}
