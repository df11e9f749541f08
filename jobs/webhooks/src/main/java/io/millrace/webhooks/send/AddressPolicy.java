package io.millrace.webhooks.send;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses may be called: those of the public internet, and what the configuration allows
 * besides. A tenant chooses the URL, so everything else would be a way into the operator's network.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, IPv6</a>
 */
public final class AddressPolicy {

  /** IPv4: all but the special-purpose, multicast and reserved blocks. */
  private static final List<Network> SPECIAL_V4 =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, and the metadata services of clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  /** IPv6: global unicast alone, without the special blocks in it. */
  private static final Network GLOBAL_UNICAST_V6 = Network.parse("2000::/3");

  private static final List<Network> SPECIAL_V6 =
      networks(
          "2001::/23", // protocol assignments, Teredo among them
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4, which leads to any IPv4 address
          "3fff::/20"); // documentation

  /** NAT64: the last 4 bytes are the IPv4 address that is reached. */
  private static final Network NAT64 = Network.parse("64:ff9b::/96");

  private static final int V4_BYTES = 4;

  private final List<Network> allowed;

  private AddressPolicy(List<Network> allowed) {
    this.allowed = allowed;
  }

  /**
   * A policy.
   *
   * @param networks that may be called besides, in CIDR notation with commas between them; blank
   *     for none
   * @throws IllegalArgumentException says what was expected
   */
  public static AddressPolicy allowing(String networks) {
    return new AddressPolicy(Network.parseAll(networks));
  }

  /** Whether an address may be called. An IPv4-mapped one counts as the IPv4 address in it. */
  boolean allows(InetAddress address) {
    byte[] bytes = address.getAddress(); // Java unwraps IPv4-mapped addresses by itself.
    return contained(allowed, bytes) || isPublic(bytes);
  }

  private static boolean isPublic(byte[] address) {
    if (address.length == V4_BYTES) {
      return !contained(SPECIAL_V4, address);
    }
    if (NAT64.contains(address)) {
      return isPublic(Arrays.copyOfRange(address, address.length - V4_BYTES, address.length));
    }
    return GLOBAL_UNICAST_V6.contains(address) && !contained(SPECIAL_V6, address);
  }

  private static boolean contained(List<Network> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... networks) {
    return Arrays.stream(networks).map(Network::parse).toList();
  }
}
