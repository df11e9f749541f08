package io.millrace.ingress.jobs;

import com.github.f4b6a3.uuid.factory.UuidFactory.Parameters;
import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import com.github.f4b6a3.uuid.util.UuidUtil;
import com.github.f4b6a3.uuid.util.UuidValidator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Job ids: UUIDs of version 7, so that an id says when its job was accepted. Everything but the
 * time is drawn anew from a secure source for each id, so that no id tells another.
 */
final class JobIds {

  private static final int TIME_ORDERED_EPOCH = 7;

  private final TimeOrderedEpochFactory factory;

  JobIds() {
    this(new SecureRandom());
  }

  JobIds(Random random) {
    this.factory = new TimeOrderedEpochFactory(random);
  }

  String next(Instant now) {
    return factory.create(Parameters.builder().withInstant(now).build()).toString();
  }

  /** When the job of this id was accepted; empty when the text is not a job id. */
  static Optional<Instant> acceptedAt(String id) {
    if (!UuidValidator.isValid(id, TIME_ORDERED_EPOCH) || id.length() != 36) {
      return Optional.empty();
    }
    return Optional.of(UuidUtil.getInstant(UUID.fromString(id)));
  }
}
