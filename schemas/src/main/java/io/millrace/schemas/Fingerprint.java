package io.millrace.schemas;

import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes two requests equal: the tenant, the model, the inputs and the parameters, not the
 * version. SHA-256 over the length-prefixed parts, cut to 192 bits, as 32 base64url characters.
 *
 * <p>Tensors are ordered by name and parameters by key, so their order in the request is
 * irrelevant. The hash reads the fields by name, never the encoded record, so a schema change
 * leaves it as it is.
 */
public final class Fingerprint {

  /** Characters of a fingerprint. */
  public static final int LENGTH = 32;

  private static final int DIGEST_BYTES = 24;

  private Fingerprint() {}

  /** The fingerprint of a submission. */
  public static String of(String tenant, String model, Submit submit) {
    MessageDigest digest = sha256();
    put(digest, tenant);
    put(digest, model);
    List<Tensor> inputs = submit.getInputs();
    putNumber(digest, inputs.size());
    if (inputs.size() == 1) {
      put(digest, inputs.get(0));
    } else {
      inputs.stream()
          .sorted(Comparator.comparing(Tensor::getName))
          .forEach(tensor -> put(digest, tensor));
    }
    Map<String, Object> parameters = submit.getParameters();
    putNumber(digest, parameters.size());
    new TreeMap<>(parameters)
        .forEach(
            (key, value) -> {
              put(digest, key);
              put(digest, value.getClass().getSimpleName());
              put(digest, value.toString());
            });
    List<String> outputs = submit.getOutputs();
    putNumber(digest, outputs.size());
    outputs.stream().sorted().forEach(output -> put(digest, output));
    byte[] hash = Arrays.copyOf(digest.digest(), DIGEST_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static void put(MessageDigest digest, Tensor tensor) {
    put(digest, tensor.getName());
    put(digest, tensor.getDatatype().name());
    List<Long> shape = tensor.getShape();
    putNumber(digest, shape.size());
    shape.forEach(dimension -> putNumber(digest, dimension));
    ByteBuffer data = tensor.getData();
    putNumber(digest, data.remaining());
    digest.update(data.duplicate());
  }

  private static void put(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putNumber(digest, bytes.length);
    digest.update(bytes);
  }

  private static void putNumber(MessageDigest digest, long number) {
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      digest.update((byte) (number >>> shift));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
