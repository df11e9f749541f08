package io.millrace.ingress.access;

import java.util.Set;

/**
 * Who sent a request.
 *
 * @param id the public part of the API key
 * @param tenant whose jobs it submits and sees
 * @param scopes what it may do
 */
public record Caller(String id, String tenant, Set<Scope> scopes) {

  /** Everyone, where there are no API keys. */
  public static final Caller ANYONE = new Caller("anonymous", "default", Set.of(Scope.values()));

  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
