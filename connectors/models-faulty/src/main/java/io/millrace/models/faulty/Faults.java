package io.millrace.models.faulty;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code faults.yaml}: what goes wrong with a package beside what its texts ask for. Keys are in
 * snake case; all but {@code delegate} may be missing.
 *
 * @param delegate the name of the engine that really answers
 * @param hangEvery each so-many-th call of the model hangs; 0 for none
 * @param deaf hanging calls do not hear their stop signal either, so that whoever waits must give
 *     them up. Those of {@code hangWhile} still end with their file, all others never
 * @param failWhile calls throw an {@link IllegalStateException} while this file exists; null for
 *     never. A switch for a model that is down
 * @param hangWhile calls that start while this file exists hang until it is gone, then go on; null
 *     for never
 * @param maxBatchSize a call with more rows uses up the heap of the JVM; 0 for any
 * @param delayMillis calls take so much longer; 0 for as long as they do
 */
public record Faults(
    String delegate,
    int hangEvery,
    boolean deaf,
    @Nullable Path failWhile,
    @Nullable Path hangWhile,
    int maxBatchSize,
    int delayMillis) {

  /**
   * @throws IllegalArgumentException names the key and says what was expected
   */
  public Faults {
    require(
        delegate != null && !delegate.isBlank() && !delegate.equals(FaultyEngine.NAME),
        "delegate",
        "the name of another engine");
    require(hangEvery >= 0, "hang_every", "0 or more");
    require(maxBatchSize >= 0, "max_batch_size", "0 or more");
    require(delayMillis >= 0, "delay_millis", "0 or more");
  }

  /** No faults but those that texts ask for. */
  public static Faults of(String delegate) {
    return new Faults(delegate, 0, false, null, null, 0, 0);
  }

  public Faults withHangEvery(int calls) {
    return new Faults(delegate, calls, deaf, failWhile, hangWhile, maxBatchSize, delayMillis);
  }

  /** With hanging calls that cannot be stopped. */
  public Faults withDeafCalls() {
    return new Faults(delegate, hangEvery, true, failWhile, hangWhile, maxBatchSize, delayMillis);
  }

  public Faults withFailWhile(Path file) {
    return new Faults(delegate, hangEvery, deaf, file, hangWhile, maxBatchSize, delayMillis);
  }

  public Faults withHangWhile(Path file) {
    return new Faults(delegate, hangEvery, deaf, failWhile, file, maxBatchSize, delayMillis);
  }

  public Faults withMaxBatchSize(int rows) {
    return new Faults(delegate, hangEvery, deaf, failWhile, hangWhile, rows, delayMillis);
  }

  /** A model that is slow. */
  public Faults withDelayMillis(int millis) {
    return new Faults(delegate, hangEvery, deaf, failWhile, hangWhile, maxBatchSize, millis);
  }

  private static void require(boolean holds, String key, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("key '%s': expected %s".formatted(key, expected));
    }
  }
}
