package io.millrace.webhooks.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The addresses that share a prefix, in CIDR notation {@code address/bits}.
 *
 * @param prefix 4 bytes for IPv4, 16 for IPv6
 * @param bits of the prefix that count
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares networks.
record Network(byte[] prefix, int bits) {

  // Numbers alone, so that no text is ever looked up as a name.
  private static final Pattern CIDR =
      Pattern.compile("([0-9A-Fa-f:.]*[.:][0-9A-Fa-f:.]*)/(\\d{1,3})");

  /**
   * Reads a network.
   *
   * @throws IllegalArgumentException says what was expected
   */
  static Network parse(String text) {
    var matcher = CIDR.matcher(text.trim());
    if (matcher.matches()) {
      try {
        byte[] address = InetAddress.getByName(matcher.group(1)).getAddress();
        int bits = Integer.parseInt(matcher.group(2));
        if (bits <= address.length * Byte.SIZE) {
          return new Network(address, bits);
        }
      } catch (UnknownHostException e) {
        // Falls through to the error that says what is expected.
      }
    }
    throw new IllegalArgumentException(
        "expected networks like 10.0.0.0/8 or fd00::/8, found '" + text + "'");
  }

  /** Reads networks between commas; none from a blank text. */
  static List<Network> parseAll(String text) {
    return text.isBlank() ? List.of() : Arrays.stream(text.split(",")).map(Network::parse).toList();
  }

  boolean contains(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
      return false;
    }
    int mask = 0xFF << (Byte.SIZE - rest);
    return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
  }
}
