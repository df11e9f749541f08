package io.millrace.local.bench.stream;

import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Commands with one point of 28 x 28 floats each. Encoded once; only the job id and the first float
 * are written anew, so that making the load does not take the processor from what is measured.
 */
final class PointMessages implements CommandMessages {

  private static final long[] SHAPE = {1, 1, 28 * 28};
  private static final float MARK = -123_456.78f;
  private static final long SEED = 28;

  private final byte[] encoded;
  private final int idAt;
  private final int pointAt;

  PointMessages(String model, String input) {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] point = new float[28 * 28];
    for (int i = 1; i < point.length; i++) {
      point[i] = random.nextInt(256) / 255f;
    }
    point[0] = MARK;
    encoded =
        MessageCodec.COMMANDS.encode(
            InferenceCommand.newBuilder()
                .setJobId(CommandMessages.jobId(0))
                .setModel(model)
                .setCreatedAt(Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS))
                .setCommand(
                    Submit.newBuilder()
                        .setInputs(List.of(Tensors.ofFloats(input, SHAPE, point)))
                        .build())
                .build());
    idAt = find(CommandMessages.jobId(0).getBytes(StandardCharsets.US_ASCII));
    pointAt = find(little().putFloat(0, MARK).array());
  }

  private static ByteBuffer little() {
    return ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int find(byte[] part) {
    for (int at = 0; at <= encoded.length - part.length; at++) {
      if (ByteBuffer.wrap(encoded, at, part.length).equals(ByteBuffer.wrap(part))) {
        return at;
      }
    }
    throw new IllegalStateException("The encoding does not hold what was put into it");
  }

  @Override
  public byte[] value(int number) {
    byte[] message = encoded.clone();
    byte[] id = CommandMessages.jobId(number).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(id, 0, message, idAt, id.length);
    ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).putFloat(pointAt, number);
    return message;
  }
}
