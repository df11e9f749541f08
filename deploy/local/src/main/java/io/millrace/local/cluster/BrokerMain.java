package io.millrace.local.cluster;

import io.millrace.embedded.EmbeddedKafka;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a broker until the process is told to end. */
final class BrokerMain {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerMain.class);

  private BrokerMain() {}

  /** Takes the data directory and the port. */
  public static void main(String[] arguments) {
    ProcessEnd.onFailure(
        () -> {
          EmbeddedKafka kafka =
              EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
          ProcessEnd.onSignal("broker", kafka);
          LOG.info("Listening on {}", kafka.bootstrapServers());
        });
  }
}
