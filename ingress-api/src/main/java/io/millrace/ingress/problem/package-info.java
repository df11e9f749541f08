/**
 * Errors as RFC 9457 problem details, and as the other surfaces of the API write them. Everything
 * else throws {@link io.millrace.ingress.problem.ProblemException}; only {@code ProblemResponses}
 * builds error bodies.
 */
package io.millrace.ingress.problem;
