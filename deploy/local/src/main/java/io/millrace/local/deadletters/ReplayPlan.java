package io.millrace.local.deadletters;

import io.millrace.security.KafkaCluster;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a selection comes to, before anything is sent. */
final class ReplayPlan {

  private final Set<DeadLetterId> selected = new HashSet<>();
  private final Set<String> topics = new HashSet<>();
  private @Nullable Instant oldest;

  static ReplayPlan of(Selection selection) {
    ReplayPlan plan = new ReplayPlan();
    selection.forEach(plan::add);
    return plan;
  }

  private void add(StoredLetter stored) {
    selected.add(stored.id());
    if (Replays.possible(stored)) {
      topics.add(stored.letter().getTopic());
      Instant rejectedAt = stored.letter().getRejectedAt();
      oldest = oldest == null || rejectedAt.isBefore(oldest) ? rejectedAt : oldest;
    }
  }

  int size() {
    return selected.size();
  }

  /** Letters that came after the plan was made do not belong to it. */
  boolean contains(StoredLetter stored) {
    return selected.contains(stored.id());
  }

  /** The names of the letters that need not be sent again. */
  Set<String> done(KafkaCluster kafka) {
    return oldest == null ? Set.of() : Replays.done(kafka, topics, oldest);
  }
}
