package io.millrace.ingress.problem;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.util.List;

/**
 * A part of the API that follows a convention of its own for errors.
 *
 * <p>All kinds of errors come from everywhere; what a client reads depends on the path alone, also
 * when the path is not known or the HTTP server refused the request itself.
 */
sealed interface Surface {

  /** The surface that a path belongs to. */
  static Surface of(String path) {
    if (path.equals("/v2") || path.startsWith("/v2/")) {
      return OpenInference.INSTANCE;
    }
    if (path.equals("/v1/embeddings") || path.startsWith("/v1/embeddings/")) {
      return OpenAi.INSTANCE;
    }
    return Native.INSTANCE;
  }

  MediaType mediaType();

  /** The body of an error. */
  Object body(ProblemException problem, String path);

  /** The status of an error: where a convention knows no 422, it is 400. */
  default HttpStatus status(ProblemType type) {
    return type.status() == HttpStatus.UNPROCESSABLE_ENTITY
        ? HttpStatus.BAD_REQUEST
        : type.status();
  }

  /** Problem details. */
  enum Native implements Surface {
    INSTANCE;

    private static final MediaType PROBLEM_JSON = MediaType.of(Problem.MEDIA_TYPE);

    @Override
    public MediaType mediaType() {
      return PROBLEM_JSON;
    }

    @Override
    public HttpStatus status(ProblemType type) {
      return type.status();
    }

    @Override
    public Problem body(ProblemException problem, String path) {
      return Problem.of(problem, path);
    }
  }

  /** The Open Inference Protocol: one text says it all. */
  enum OpenInference implements Surface {
    INSTANCE;

    @Override
    public MediaType mediaType() {
      return MediaType.APPLICATION_JSON_TYPE;
    }

    @Override
    public InferenceProblem body(ProblemException problem, String path) {
      StringBuilder text = new StringBuilder(problem.detail());
      for (Violation violation : problem.violations()) {
        text.append(' ').append(violation.pointer()).append(": ").append(violation.detail());
        text.append('.');
      }
      return new InferenceProblem(text.toString());
    }
  }

  /** OpenAI's API. */
  enum OpenAi implements Surface {
    INSTANCE;

    @Override
    public MediaType mediaType() {
      return MediaType.APPLICATION_JSON_TYPE;
    }

    @Override
    public OpenAiProblem body(ProblemException problem, String path) {
      List<Violation> violations = problem.violations();
      if (violations.isEmpty()) {
        return OpenAiProblem.of(problem.type(), problem.detail(), null);
      }
      StringBuilder text = new StringBuilder();
      for (Violation violation : violations) {
        String param = OpenAiProblem.param(violation.pointer());
        text.append(text.isEmpty() ? "" : " ");
        text.append(param == null ? "The body" : param).append(": ").append(violation.detail());
        text.append('.');
      }
      return OpenAiProblem.of(
          problem.type(), text.toString(), OpenAiProblem.param(violations.get(0).pointer()));
    }
  }
}
