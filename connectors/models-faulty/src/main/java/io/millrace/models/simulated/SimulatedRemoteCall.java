package io.millrace.models.simulated;

/**
 * {@code simulated-remote-call.yaml}: how a call behaves.
 *
 * @param millis how long each call waits, however many rows it has
 */
public record SimulatedRemoteCall(int millis) {

  static final String FILE = "simulated-remote-call.yaml";

  /**
   * @throws IllegalArgumentException names the key and says what was expected
   */
  public SimulatedRemoteCall {
    if (millis < 0) {
      throw new IllegalArgumentException("key 'millis': expected 0 or more");
    }
  }
}
