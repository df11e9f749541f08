package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.PreparedItem;
import io.millrace.models.runtime.BatchRun.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model call, successful or not.
 *
 * @param tags the listener's items in it, at least one
 * @param time wall time of the call; of one that was given up, the time that it had
 * @param items items in it, those of others included
 * @param tokens tokens of all items, without padding
 * @param paddedTokens tokens as they ran, with padding
 * @param failure why it gave no answers; null when it did
 */
public record CallReport(
    ModelVersion version,
    List<String> tags,
    Duration time,
    int items,
    int tokens,
    int paddedTokens,
    @Nullable PredictionException failure) {

  private static final Logger LOG = LoggerFactory.getLogger(CallReport.class);

  /** Tells those who follow an item of it; makes nothing when nobody does. */
  static <I extends PreparedItem> void send(
      ModelVersion version, Piece<I> piece, long nanos, @Nullable PredictionException failure) {
    Map<CallListener, List<String>> followed = null;
    for (QueuedItem<I> item : piece.items()) {
      ItemTag tag = item.tag();
      if (tag != null) {
        followed = followed == null ? new LinkedHashMap<>() : followed;
        followed.computeIfAbsent(tag.listener(), any -> new ArrayList<>()).add(tag.tag());
      }
    }
    if (followed == null) {
      return;
    }
    Duration time = Duration.ofNanos(nanos);
    int tokens = piece.items().stream().mapToInt(item -> item.prepared().tokens()).sum();
    int paddedTokens = piece.rows() * piece.longest();
    int items = piece.items().size();
    followed.forEach(
        (listener, tags) ->
            tell(
                listener,
                new CallReport(version, tags, time, items, tokens, paddedTokens, failure)));
  }

  private static void tell(CallListener listener, CallReport call) {
    try {
      listener.ended(call);
    } catch (RuntimeException e) {
      LOG.warn("A listener of model calls failed", e);
    }
  }
}
