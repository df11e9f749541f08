package io.millrace.ingress.projection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once that something is away, and once that it is back. For one thread. */
final class Outage {

  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final String what;
  private final String projection;
  private boolean lasts;

  /**
   * @param what is away, to begin a sentence
   * @param projection which projection waits for it
   */
  Outage(String what, String projection) {
    this.what = what;
    this.projection = projection;
  }

  void began(Throwable failure) {
    if (!lasts) {
      lasts = true;
      log.warn("{} is away, the {} projection waits: {}", what, projection, failure.toString());
    }
  }

  void ended() {
    if (lasts) {
      lasts = false;
      log.info("{} is back, the {} projection goes on", what, projection);
    }
  }
}
