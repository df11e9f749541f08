package io.millrace.local.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told from a later one that was given the same id.
 *
 * @param pid its id
 * @param startedAt when it was started, in milliseconds since 1970; 0 where the system does not say
 */
public record ProcessIdentity(long pid, long startedAt) {

  /** No process. */
  static final ProcessIdentity NONE = new ProcessIdentity(0, 0);

  /** Each process reckons with its own idea of when the machine was started, in whole seconds. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(
        process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** The process while it lives. */
  Optional<ProcessHandle> find() {
    return pid == 0
        ? Optional.empty()
        : ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
  }

  public boolean isAlive() {
    return find().isPresent();
  }

  private boolean isSame(ProcessHandle process) {
    long other = of(process).startedAt();
    return startedAt != 0 && other != 0 && Math.abs(other - startedAt) <= TOLERANCE.toMillis();
  }
}
