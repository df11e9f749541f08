package io.millrace.ingress.projection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once that something is away, and once that it is back. For one thread. */
final class Outage {

  private static final Logger log = LoggerFactory.getLogger(Outage.class);

  private final String what;
  private boolean lasts;

  /**
   * @param what is away, to begin a sentence
   */
  Outage(String what) {
    this.what = what;
  }

  void began(Throwable failure) {
    if (!lasts) {
      lasts = true;
      log.warn("{} is away, the job projection waits: {}", what, failure.toString());
    }
  }

  void ended() {
    if (lasts) {
      lasts = false;
      log.info("{} is back, the job projection goes on", what);
    }
  }
}
