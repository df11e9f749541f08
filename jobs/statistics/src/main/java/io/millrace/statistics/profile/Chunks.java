package io.millrace.statistics.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Parts of a reference whose distances from the whole say how far apart samples of one distribution
 * are: NannyML's ten equal chunks, while they have as many rows as a window needs for a verdict.
 * Chunks of fewer rows would be further from the whole by chance than any window is, and their
 * threshold blind: of a smaller reference, {@value #DRAWN} chunks of {@value #LEAST_ROWS} rows are
 * drawn with replacement.
 *
 * <p>Rows are shuffled first, since training data has no order in time and is often sorted by
 * class. The same number of rows gives the same chunks.
 */
final class Chunks {

  static final int LEAST_ROWS = 500;

  private static final int CHUNKS = 10;
  private static final int DRAWN = 30;
  private static final long SEED = 0x4d696c6c72616365L;

  private Chunks() {}

  /** The positions of each chunk's rows. */
  static List<int[]> of(int rows) {
    if (rows == 0) {
      return List.of();
    }
    SplittableRandom random = new SplittableRandom(SEED);
    return rows >= CHUNKS * LEAST_ROWS ? equal(rows, random) : drawn(rows, random);
  }

  private static List<int[]> equal(int rows, SplittableRandom random) {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    List<int[]> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      int from = (int) ((long) rows * chunk / CHUNKS);
      int to = (int) ((long) rows * (chunk + 1) / CHUNKS);
      chunks.add(Arrays.copyOfRange(order, from, to));
    }
    return chunks;
  }

  private static List<int[]> drawn(int rows, SplittableRandom random) {
    List<int[]> chunks = new ArrayList<>();
    for (int chunk = 0; chunk < DRAWN; chunk++) {
      chunks.add(random.ints(LEAST_ROWS, 0, rows).toArray());
    }
    return chunks;
  }
}
