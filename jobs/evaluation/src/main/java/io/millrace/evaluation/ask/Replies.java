package io.millrace.evaluation.ask;

import java.util.List;

/**
 * What the versions replied to one question.
 *
 * @param id the question's
 * @param replies in the order of the versions that were asked
 */
public record Replies(String id, List<Reply> replies) {}
