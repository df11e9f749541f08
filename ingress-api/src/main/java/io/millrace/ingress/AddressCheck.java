package io.millrace.ingress;

import io.micronaut.context.env.Environment;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses to listen where others can reach the server, unless they need an API key. */
final class AddressCheck {

  private static final String HOST = "micronaut.server.host";
  private static final String LISTENERS = "micronaut.server.netty.listeners";

  private AddressCheck() {}

  /**
   * Checks the addresses against the settings of access.
   *
   * @throws IllegalArgumentException says which key, and what was expected
   */
  static void check(Environment environment, AccessSettings access) {
    if (access.keys().isPresent()) {
      return;
    }
    requireLoopback(environment, HOST);
    for (String listener : environment.getPropertyEntries(LISTENERS)) {
      requireLoopback(environment, "%s.%s.host".formatted(LISTENERS, listener));
    }
  }

  private static void requireLoopback(Environment environment, String key) {
    String host = environment.getProperty(key, String.class).orElse("");
    if (!isLoopback(host)) {
      throw new IllegalArgumentException(
          "%s: expected the file of the API keys, since %s is %s; without keys only the loopback"
                  .formatted(AccessSettings.KEYS_FILE, key, host.isEmpty() ? "not set" : host)
              + " interface (127.0.0.1) may be listened on");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      // An empty name would stand for the loopback interface here, and for all of them there.
      return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
