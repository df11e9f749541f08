package io.millrace.webhooks.send;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host once, for a connection, and hands over addresses that were checked: between the
 * check and the connection there is no second look-up that could answer otherwise.
 */
final class CheckedResolver implements DnsResolver {

  private final AddressPolicy policy;
  private final Lookup lookup;

  /** Finds the addresses of a name, or of an address in any notation. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  CheckedResolver(AddressPolicy policy, Lookup lookup) {
    this.policy = policy;
    this.lookup = lookup;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    // The lookup may keep its array.
    InetAddress[] addresses = lookup.addresses(host).clone();
    for (InetAddress address : addresses) {
      if (!policy.allows(address)) {
        throw new RefusedAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** A host with an address that may not be called; does not say which, for the tenant reads it. */
  static final class RefusedAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    RefusedAddressException(String host) {
      super(host + " resolves to an address that webhooks may not call");
    }
  }
}
