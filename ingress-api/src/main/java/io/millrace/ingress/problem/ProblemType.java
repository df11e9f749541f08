package io.millrace.ingress.problem;

import io.micronaut.http.HttpStatus;
import java.net.URI;
import java.util.Locale;

/** The kinds of errors that the API answers with. A kind never changes its name. */
public enum ProblemType {
  /** The body is not JSON, or nests deeper than allowed. */
  MALFORMED_JSON(HttpStatus.BAD_REQUEST, "Malformed JSON"),
  /** The request line, a header or a query parameter is not understood. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "Bad request"),
  /** No API key, or none that is known and valid now. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Unauthenticated"),
  /** The API key does not allow this. */
  FORBIDDEN(HttpStatus.FORBIDDEN, "Forbidden"),
  /** There is nothing under this path. */
  NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
  /** No such model is deployed. */
  UNKNOWN_MODEL(HttpStatus.NOT_FOUND, "Unknown model"),
  /** No job with this id was accepted. */
  UNKNOWN_JOB(HttpStatus.NOT_FOUND, "Unknown job"),
  /** The path does not know this method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
  /** The path cannot answer in a media type that the client accepts. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Not acceptable"),
  /** The job cannot be cancelled. */
  NOT_CANCELLABLE(HttpStatus.CONFLICT, "Not cancellable"),
  /** The job has not succeeded, so that there is no answer to give feedback on. */
  NOT_ANSWERED(HttpStatus.CONFLICT, "Not answered"),
  /** A change says neither which revision it is of nor that there is none. */
  PRECONDITION_REQUIRED(HttpStatus.PRECONDITION_REQUIRED, "Precondition required"),
  /** The deployment is at another revision than the change is of. */
  REVISION_MISMATCH(HttpStatus.PRECONDITION_FAILED, "Revision mismatch"),
  /** A rollout of the model goes on. */
  ROLLOUT_RUNNING(HttpStatus.CONFLICT, "Rollout running"),
  /** No rollout of the model goes on. */
  NO_ROLLOUT(HttpStatus.CONFLICT, "No rollout"),
  /** The candidate has passed no evaluation against the version in production. */
  EVALUATION_REQUIRED(HttpStatus.CONFLICT, "Evaluation required"),
  /** The job is so old that its result is no longer kept. */
  RESULT_EXPIRED(HttpStatus.GONE, "Result expired"),
  /** The body, or the job made of it, is larger than allowed. */
  TOO_LARGE(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "Too large"),
  /** The body is of another media type than JSON. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unsupported media type"),
  /** The body is JSON but not a valid request; {@code errors} says where and why. */
  INVALID_REQUEST(HttpStatus.UNPROCESSABLE_ENTITY, "Invalid request"),
  /** A request with this Idempotency-Key is under way. */
  IDEMPOTENCY_IN_FLIGHT(HttpStatus.CONFLICT, "Idempotency key in flight"),
  /** This Idempotency-Key was used with another request. */
  IDEMPOTENCY_MISMATCH(HttpStatus.UNPROCESSABLE_ENTITY, "Idempotency key reused"),
  /** It cannot be known now whether this Idempotency-Key was used. */
  IDEMPOTENCY_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Idempotency keys unavailable"),
  /** The tenant has used up its quota for now. */
  QUOTA_EXCEEDED(HttpStatus.TOO_MANY_REQUESTS, "Quota exceeded"),
  /** More jobs wait than are taken in, or they wait too long. */
  QUEUE_FULL(HttpStatus.SERVICE_UNAVAILABLE, "Queue full"),
  /** The result was not there in the time that a synchronous call waits. */
  RESULT_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "Result not in time"),
  /** The model refused the inputs of the job. */
  INPUT_REFUSED(HttpStatus.BAD_REQUEST, "Input refused"),
  /** The job was cancelled while a synchronous call waited for it. */
  JOB_CANCELLED(HttpStatus.CONFLICT, "Job cancelled"),
  /** The model failed on the job. */
  MODEL_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "Model failed"),
  /** The model does not take jobs now. */
  MODEL_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Model unavailable"),
  /** The model does not make embeddings. */
  MODEL_NOT_EMBEDDING(HttpStatus.BAD_REQUEST, "Not an embedding model"),
  /** The server cannot take jobs now. */
  NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "Not ready"),
  /** Too many requests are under way. */
  OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Overloaded"),
  /** The log does not acknowledge. */
  LOG_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Request log unavailable"),
  /** Job status and results cannot be read. */
  RESULTS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Results unavailable"),
  /** The read side does not know all jobs now, so it cannot be said that there is none. */
  STATUS_REBUILDING(HttpStatus.SERVICE_UNAVAILABLE, "Job status is being rebuilt"),
  /** Reports of drift, quality and cost cannot be read. */
  REPORTS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Reports unavailable"),
  /** The server starts and does not know yet what is deployed. */
  STARTING(HttpStatus.SERVICE_UNAVAILABLE, "Starting"),
  /** A fault of the server's own. */
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  public HttpStatus status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The kind's name in URIs and metric labels: lower case with hyphens. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem type URI: {@code urn:millrace:problem:<slug>}. */
  public URI uri() {
    return URI.create("urn:millrace:problem:" + slug());
  }

  /**
   * Whether it is what became of an accepted job, told by a call that waited for it, and no refusal
   * of the call.
   */
  public boolean isOfAcceptedJob() {
    return switch (this) {
      case INPUT_REFUSED, JOB_CANCELLED, MODEL_FAILED, MODEL_UNAVAILABLE, RESULT_TIMEOUT -> true;
      default -> false;
    };
  }

  /** The general kind for a status that the HTTP server itself answers with. */
  static ProblemType of(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN -> FORBIDDEN;
      case NOT_FOUND -> NOT_FOUND;
      case METHOD_NOT_ALLOWED -> METHOD_NOT_ALLOWED;
      case NOT_ACCEPTABLE -> NOT_ACCEPTABLE;
      case REQUEST_ENTITY_TOO_LARGE -> TOO_LARGE;
      case UNSUPPORTED_MEDIA_TYPE -> UNSUPPORTED_MEDIA_TYPE;
      default -> status.getCode() < 500 ? BAD_REQUEST : INTERNAL;
    };
  }
}
