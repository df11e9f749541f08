package io.millrace.local.bench.stream;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Commands for the deduplication: first so many of different contents, then as many as are
 * measured, of which every other one is a copy of an earlier one, picked at random. Notes when it
 * made the first and the last of the latter: a full pipeline takes them as fast as it works.
 */
final class DedupWorkload implements GeneratorFunction<Long, InferenceCommand> {

  private static final long serialVersionUID = 1L;

  /** The job runs in this process; a later run writes over what an earlier one noted. */
  private static final AtomicLong MEASURED_FROM = new AtomicLong();

  private static final AtomicLong MEASURED_TO = new AtomicLong();
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String TEXT = "a text of about forty characters, nr. ";

  private final long filled;
  private final long measured;

  /**
   * @param filled fingerprints that are in the state before it is measured
   * @param measured commands that are measured
   */
  DedupWorkload(long filled, long measured) {
    this.filled = filled;
    this.measured = measured;
  }

  /** How many commands a second the measured part took. */
  double perSecond() {
    return (measured - 1) / ((MEASURED_TO.get() - MEASURED_FROM.get()) / 1e9);
  }

  @Override
  public InferenceCommand map(Long index) {
    if (index == filled) {
      MEASURED_FROM.set(System.nanoTime());
    } else if (index == filled + measured - 1) {
      MEASURED_TO.set(System.nanoTime());
    }
    return command(number(index));
  }

  /** Which content comes at this place. */
  long number(long index) {
    return index >= filled && index % 2 == 1 ? Math.floorMod(mix(index), filled) : index;
  }

  private static InferenceCommand command(long number) {
    HexFormat hex = HexFormat.of();
    String fingerprint = hex.toHexDigits(mix(number)) + hex.toHexDigits(mix(~number));
    return InferenceCommand.newBuilder()
        .setJobId(hex.toHexDigits(mix(number + 1)) + "-" + hex.toHexDigits(number))
        .setModel("model")
        .setFingerprint(fingerprint)
        .setCreatedAt(CREATED)
        .setCommand(
            Submit.newBuilder()
                .setInputs(List.of(Tensors.ofStrings("text", List.of(TEXT + number))))
                .build())
        .build();
  }

  /** The finaliser of SplitMix64: numbers in a row come out as if at random, and none twice. */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
