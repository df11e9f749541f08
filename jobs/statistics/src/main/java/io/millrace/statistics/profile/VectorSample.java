package io.millrace.statistics.profile;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A bounded uniform sample of vectors without replacement, by the smallest of random numbers, one
 * given to each vector: samples of parts merge into one of the whole, whatever their sizes and in
 * any order. The random number is a hash of the vector and of how many came before, so that the
 * same vectors in the same order give the same sample. Not safe for use by several threads.
 *
 * @see <a href="https://doi.org/10.1145/1314690.1314696">Duffield, Lund, Thorup: Priority Sampling
 *     for Estimation of Arbitrary Subset Sums (2007)</a>, of equal weights; also known as bottom-k
 */
public final class VectorSample {

  /** How many vectors a window keeps for the kernel test. */
  public static final int WINDOW = 128;

  private final int limit;
  private final TreeSet<Drawn> drawn =
      new TreeSet<>(
          Comparator.comparingLong(Drawn::priority).thenComparing(Drawn::vector, Arrays::compare));
  private long seen;

  public VectorSample(int limit) {
    this.limit = limit;
  }

  /** A vector and its random number. */
  public static final class Drawn {

    private final long priority;
    private final float[] vector;

    /** Takes the array. */
    public Drawn(long priority, float[] vector) {
      this.priority = priority;
      this.vector = vector;
    }

    public long priority() {
      return priority;
    }

    /** Not to be changed. */
    public float[] vector() {
      return vector;
    }
  }

  /** Draws or not; the array is kept. */
  public void add(float[] vector) {
    add(new Drawn(mix(mix(seen++) + Arrays.hashCode(vector)), vector));
  }

  /** Adds one that another sample drew. */
  public void add(Drawn candidate) {
    if (drawn.size() < limit || candidate.priority() < drawn.last().priority()) {
      drawn.add(candidate);
      if (drawn.size() > limit) {
        drawn.pollLast();
      }
    }
  }

  /** Adds what another one drew from. */
  public void merge(VectorSample other) {
    seen += other.seen;
    other.drawn.forEach(this::add);
  }

  /** How many vectors it was drawn from. */
  public long seen() {
    return seen;
  }

  /** Says how many vectors it was drawn from. */
  public void seen(long vectors) {
    seen = vectors;
  }

  /** By their random numbers, ascending. */
  public List<Drawn> drawn() {
    return List.copyOf(drawn);
  }

  /** Without an order; not to be changed. */
  public List<float[]> vectors() {
    return drawn.stream().map(Drawn::vector).toList();
  }

  /**
   * David Stafford's variant 13 of the mixing function of SplittableRandom.
   *
   * @see <a href="https://zimbry.blogspot.com/2011/09/better-bit-mixing-improving-on.html">Better
   *     Bit Mixing</a>
   */
  private static long mix(long value) {
    long bits = value + 0x9e3779b97f4a7c15L;
    bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
