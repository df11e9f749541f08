package io.millrace.inference.route;

import io.millrace.schemas.avro.InferenceCommand;

/**
 * A command that waits for its model's deployment.
 *
 * @param until processing time in milliseconds at which it has waited long enough
 */
public record WaitingCommand(InferenceCommand command, long until) {}
