package io.millrace.local.cluster;

import org.apache.logging.log4j.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the processes of a cluster end: in order on SIGTERM, with an exit code when they fail. */
final class ProcessEnd {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

  private ProcessEnd() {}

  /** What a main method does. */
  interface Main {
    void run() throws Exception;
  }

  /** Ends the process, whatever threads were started, when the main method fails. */
  static void onFailure(Main main) {
    try {
      main.run();
    } catch (Exception | LinkageError e) {
      LOG.error("Cannot start", e);
      System.exit(1);
    }
  }

  /** Closes this when the process is told to end. */
  static void onSignal(String name, AutoCloseable closeable) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  LOG.info("Stopping");
                  try {
                    closeable.close();
                    LOG.info("Stopped");
                  } catch (Exception e) {
                    LOG.warn("Did not stop cleanly", e);
                  }
                  LogManager.shutdown();
                },
                name + "-shutdown"));
  }
}
