package io.millrace.local.flink;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to run of an uploaded jar.
 *
 * @param jobId chosen by the caller, so that one whose answer got lost can be asked for
 * @param entryClass null for the jar's own main class
 * @param arguments of its main method
 * @param parallelism null for the job's own
 * @param savepoint a directory to start from; null for an empty state
 * @param claimMode who owns the savepoint afterwards
 * @param allowNonRestoredState whether state of operators that are gone may be dropped
 */
public record JobSubmission(
    String jobId,
    @Nullable String entryClass,
    List<String> arguments,
    @Nullable Integer parallelism,
    @Nullable String savepoint,
    ClaimMode claimMode,
    boolean allowNonRestoredState) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 16;

  public JobSubmission {
    arguments = List.copyOf(arguments);
  }

  /** Who owns the savepoint that a job starts from. */
  public enum ClaimMode {
    /** Flink leaves it as it is: it can be started from again. */
    NO_CLAIM,
    /** Flink deletes it when it is no longer needed. */
    CLAIM
  }

  /** Starts the jar's main class with an empty state. */
  public static JobSubmission of(List<String> arguments) {
    return new JobSubmission(newJobId(), null, arguments, null, null, ClaimMode.NO_CLAIM, false);
  }

  private static String newJobId() {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  public JobSubmission withEntryClass(String name) {
    return new JobSubmission(
        jobId, name, arguments, parallelism, savepoint, claimMode, allowNonRestoredState);
  }

  public JobSubmission withParallelism(int subtasks) {
    return new JobSubmission(
        jobId, entryClass, arguments, subtasks, savepoint, claimMode, allowNonRestoredState);
  }

  /** Starts from a savepoint, which stays as it is. */
  public JobSubmission from(String path) {
    return new JobSubmission(
        jobId, entryClass, arguments, parallelism, path, ClaimMode.NO_CLAIM, allowNonRestoredState);
  }

  /** Starts from a savepoint, which stays as it is. */
  public JobSubmission from(Path path) {
    return from(path.toUri().toString());
  }

  /** State of operators that are gone is dropped. */
  public JobSubmission droppingStateOfMissingOperators() {
    return new JobSubmission(jobId, entryClass, arguments, parallelism, savepoint, claimMode, true);
  }
}
