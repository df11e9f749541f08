package io.millrace.embedded;

import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.apache.kafka.server.fault.ProcessTerminatingFaultHandler;

/**
 * Kafka ends the whole process on a fatal fault. While it starts, that would take the host down for
 * a mistake that the caller can report; once it runs, going on without a trustworthy broker would
 * be worse than ending.
 */
final class StartupFaults implements FaultHandlerFactory {

  private volatile boolean started;

  void started() {
    started = true;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    FaultHandler logging = new LoggingFaultHandler(name, action);
    if (!fatal) {
      return logging;
    }
    FaultHandler terminating =
        new ProcessTerminatingFaultHandler.Builder().setShouldHalt(true).setAction(action).build();
    return (message, cause) -> (started ? terminating : logging).handleFault(message, cause);
  }
}
