package io.millrace.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What policies allow, by the rules of Kubernetes. */
record NetworkRules(List<NetworkPolicy> policies) {

  static final String NAMESPACE = "kubernetes.io/metadata.name";

  /**
   * One end of a connection.
   *
   * @param namespace the labels of its namespace; null outside of the cluster
   * @param address where it is outside: {@code public} or {@code private}; null inside
   */
  record End(
      Map<String, String> labels,
      @Nullable Map<String, String> namespace,
      @Nullable String address) {

    /** A pod beside the policies. */
    static End pod(Map<String, String> labels) {
      return new End(labels, Map.of(NAMESPACE, "millrace"), null);
    }

    /** A pod of another namespace. */
    static End elsewhere(Map<String, String> namespace, Map<String, String> labels) {
      return new End(labels, namespace, null);
    }

    static End outside(String address) {
      return new End(Map.of(), null, address);
    }

    private boolean isBesidePolicies() {
      return namespace != null && "millrace".equals(namespace.get(NAMESPACE));
    }
  }

  boolean allow(End from, End to, int port) {
    return (!from.isBesidePolicies() || leaves(from, to, port))
        && (!to.isBesidePolicies() || enters(from, to, port));
  }

  private boolean leaves(End from, End to, int port) {
    List<NetworkPolicy> selecting = selecting(from, "Egress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(policy -> policy.getSpec().getEgress().stream())
            .anyMatch(rule -> has(rule.getPorts(), port) && has(rule.getTo(), to));
  }

  private boolean enters(End from, End to, int port) {
    List<NetworkPolicy> selecting = selecting(to, "Ingress");
    return selecting.isEmpty()
        || selecting.stream()
            .flatMap(policy -> policy.getSpec().getIngress().stream())
            .anyMatch(rule -> has(rule.getPorts(), port) && has(rule.getFrom(), from));
  }

  private List<NetworkPolicy> selecting(End pod, String type) {
    return policies.stream()
        .filter(policy -> policy.getSpec().getPolicyTypes().contains(type))
        .filter(policy -> matches(policy.getSpec().getPodSelector(), pod.labels()))
        .toList();
  }

  private static boolean has(List<NetworkPolicyPort> ports, int port) {
    return ports.isEmpty()
        || ports.stream().anyMatch(p -> Objects.equals(p.getPort().getIntVal(), port));
  }

  private static boolean has(List<NetworkPolicyPeer> peers, End end) {
    return peers.isEmpty() || peers.stream().anyMatch(peer -> is(peer, end));
  }

  private static boolean is(NetworkPolicyPeer peer, End end) {
    if (peer.getIpBlock() != null) {
      // The blocks here are the whole of a network without its private parts.
      return "public".equals(end.address());
    }
    Map<String, String> namespace = end.namespace();
    if (namespace == null) {
      return false;
    }
    boolean inNamespace =
        peer.getNamespaceSelector() == null
            ? end.isBesidePolicies()
            : matches(peer.getNamespaceSelector(), namespace);
    return inNamespace
        && (peer.getPodSelector() == null || matches(peer.getPodSelector(), end.labels()));
  }

  private static boolean matches(LabelSelector selector, Map<String, String> labels) {
    Map<String, String> wanted = selector.getMatchLabels();
    return (wanted == null || labels.entrySet().containsAll(wanted.entrySet()))
        && selector.getMatchExpressions().stream().allMatch(e -> matches(e, labels));
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    if (!wanted.getOperator().equals("In")) {
      throw new IllegalArgumentException("no rule for the operator " + wanted.getOperator());
    }
    return wanted.getValues().contains(labels.getOrDefault(wanted.getKey(), ""));
  }
}
