package io.millrace.embedded;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A broker that asks its clients who they are:
 *
 * <ul>
 *   <li>clients come by SASL_SSL and SCRAM-SHA-512, and may do what ACLs allow;
 *   <li>the broker talks to itself and to its controller with its own certificate; no other one is
 *       let in there.
 * </ul>
 *
 * @param certificate of the broker
 * @param users passwords by name, without commas and brackets
 * @param superUsers those of them who may do everything
 */
public record BrokerSecurity(
    ServerCertificate certificate, Map<String, String> users, Set<String> superUsers) {

  static final String INTERNAL_LISTENER = "INTERNAL";

  private static final String MECHANISM = "SCRAM-SHA-512";

  public BrokerSecurity {
    users = Map.copyOf(users);
    superUsers = Set.copyOf(superUsers);
    if (!users.keySet().containsAll(superUsers)) {
      throw new IllegalArgumentException("Expected the super users to be among the users");
    }
    if (users.values().stream().anyMatch(password -> password.matches(".*[,\\[\\]].*"))) {
      throw new IllegalArgumentException("Expected passwords without commas and brackets");
    }
  }

  /** What Kafka's own tool is told when it makes a cluster. */
  List<String> scramArguments() {
    return new TreeMap<>(users)
        .entrySet().stream()
            .map(
                user ->
                    "%s=[name=%s,password=%s]".formatted(MECHANISM, user.getKey(), user.getValue()))
            .toList();
  }

  /** Turns the settings of an open broker into those of a secured one. */
  void secure(Map<String, String> settings, int internalPort) {
    String internal = INTERNAL_LISTENER + "://" + Ports.HOST + ":" + internalPort;
    settings.computeIfPresent("listeners", (key, listeners) -> listeners + "," + internal);
    settings.computeIfPresent(
        "advertised.listeners", (key, listeners) -> listeners + "," + internal);
    settings.put(
        "listener.security.protocol.map",
        "%s:SASL_SSL,%s:SSL,%s:SSL"
            .formatted(
                KafkaSettings.BROKER_LISTENER,
                INTERNAL_LISTENER,
                KafkaSettings.CONTROLLER_LISTENER));
    settings.put("inter.broker.listener.name", INTERNAL_LISTENER);
    tls(settings);
    String clients = "listener.name." + lower(KafkaSettings.BROKER_LISTENER) + ".";
    settings.put(clients + "sasl.enabled.mechanisms", MECHANISM);
    settings.put(
        clients + lower(MECHANISM) + ".sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    settings.put("allow.everyone.if.no.acl.found", "false");
    settings.put("super.users", superUserList());
  }

  private void tls(Map<String, String> settings) {
    settings.put("ssl.keystore.type", "PEM");
    settings.put("ssl.keystore.key", ServerCertificate.read(certificate.key()));
    settings.put(
        "ssl.keystore.certificate.chain", ServerCertificate.read(certificate.certificate()));
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.certificates", ServerCertificate.read(certificate.authority()));
    settings.put("ssl.enabled.protocols", "TLSv1.3,TLSv1.2");
    for (String listener : List.of(INTERNAL_LISTENER, KafkaSettings.CONTROLLER_LISTENER)) {
      settings.put("listener.name." + lower(listener) + ".ssl.client.auth", "required");
    }
  }

  private String superUserList() {
    return Stream.concat(Stream.of(certificate.subject()), superUsers.stream().sorted())
        .map(name -> "User:" + name)
        .collect(Collectors.joining(";"));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "BrokerSecurity[users=%s, superUsers=%s]".formatted(users.keySet(), superUsers);
  }
}
