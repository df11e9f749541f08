package io.millrace.inference.publish;

import io.millrace.schemas.avro.ErrorReason;

/**
 * Why a job failed.
 *
 * @param message for the client: no payload
 */
public record Failure(ErrorReason reason, String message) {}
