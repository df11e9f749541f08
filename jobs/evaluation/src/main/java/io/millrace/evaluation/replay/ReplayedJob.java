package io.millrace.evaluation.replay;

import io.millrace.evaluation.ask.Reply;
import org.jspecify.annotations.Nullable;

/**
 * A request, what production answered and what the other version does.
 *
 * @param reply null when it was not asked
 */
public record ReplayedJob(RequestKind kind, ProductionAnswer production, @Nullable Reply reply) {}
