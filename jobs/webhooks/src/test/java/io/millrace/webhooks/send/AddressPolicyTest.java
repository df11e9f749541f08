package io.millrace.webhooks.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

  private static final AddressPolicy PUBLIC_ONLY = AddressPolicy.allowing("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:800::200e",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8"
      })
  void publicAddressesMayBeCalled(String address) throws UnknownHostException {
    assertThat(PUBLIC_ONLY.allows(address(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "fc00::1",
        "fdff::1",
        "ff02::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "3fff::1",
        "100::1",
        "5f00::1"
      })
  void othersMayNot(String address) throws UnknownHostException {
    assertThat(PUBLIC_ONLY.allows(address(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2130706433", "127.1", "127.0.0.1."})
  void anAddressInAnotherNotationIsStillThatAddress(String host) {
    // Java reads some of these as addresses and refuses others: none leads to a loopback call.
    CheckedResolver resolver = new CheckedResolver(PUBLIC_ONLY, InetAddress::getAllByName);
    assertThatThrownBy(() -> resolver.resolve(host)).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void allowedNetworksMayBeCalledBesides() throws UnknownHostException {
    AddressPolicy policy = AddressPolicy.allowing("127.0.0.0/8, ::1/128,10.1.2.4/30");
    assertThat(policy.allows(address("127.9.9.9"))).isTrue();
    assertThat(policy.allows(address("::1"))).isTrue();
    assertThat(policy.allows(address("10.1.2.7"))).isTrue();
    assertThat(policy.allows(address("10.1.2.8"))).isFalse();
    assertThat(policy.allows(address("8.8.8.8"))).isTrue();
    assertThat(AddressPolicy.allowing("0.0.0.0/0").allows(address("10.0.0.1"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost/8", "10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/8;", "/8", "a:b/8"})
  void otherNetworksAreRefused(String networks) {
    assertThatThrownBy(() -> AddressPolicy.allowing(networks))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected networks like 10.0.0.0/8 or fd00::/8");
  }

  @Test
  void oneAddressThatMayNotBeCalledRefusesTheHost() throws UnknownHostException {
    InetAddress[] mixed = {address("8.8.8.8"), address("10.0.0.1")};
    CheckedResolver resolver = new CheckedResolver(PUBLIC_ONLY, host -> mixed);
    assertThatThrownBy(() -> resolver.resolve("mixed.example.com"))
        .isInstanceOf(CheckedResolver.RefusedAddressException.class)
        .hasMessageContaining("mixed.example.com")
        .hasMessageNotContaining("10.0.0.1");
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getAllByName(text)[0];
  }
}
