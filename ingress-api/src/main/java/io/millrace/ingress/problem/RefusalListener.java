package io.millrace.ingress.problem;

import io.micronaut.http.HttpRequest;

/** Is told of each request that is answered with a problem. */
public interface RefusalListener {

  void refused(HttpRequest<?> request, ProblemType type);
}
