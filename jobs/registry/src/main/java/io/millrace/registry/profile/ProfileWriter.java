package io.millrace.registry.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.statistics.estimate.IsotonicRegression;
import io.millrace.statistics.profile.CategoricalReference;
import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.VectorReference;
import io.millrace.statistics.profile.WeightedSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Makes JSON of a profile, in format version {@value #VERSION}. */
final class ProfileWriter {

  static final int VERSION = 2;

  private ProfileWriter() {}

  static ObjectNode write(ReferenceProfile profile) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("version", VERSION);
    ObjectNode numbers = root.putObject("numbers");
    profile.numbers().forEach((feature, known) -> write(known, numbers.putObject(feature)));
    ObjectNode categories = root.putObject("categories");
    profile.categories().forEach((feature, known) -> write(known, categories.putObject(feature)));
    ObjectNode vectors = root.putObject("vectors");
    profile.vectors().forEach((feature, known) -> write(known, vectors.putObject(feature)));
    if (profile.calibration() != null) {
      IsotonicRegression curve = profile.calibration().curve();
      ObjectNode calibration = root.putObject("calibration");
      write(curve.thresholds(), calibration.putArray("confidences"));
      write(curve.values(), calibration.putArray("accuracies"));
    }
    if (profile.baselineAccuracy() != null) {
      root.put("baseline_accuracy", profile.baselineAccuracy());
    }
    return root;
  }

  private static void write(NumericReference reference, ObjectNode node) {
    node.put("n", reference.n());
    write(reference.histogram().edges(), node.putArray("edges"));
    ArrayNode counts = node.putArray("counts");
    reference.histogram().counts().forEach(counts::add);
    Moments moments = reference.moments();
    if (moments != null && moments.n() > 0) {
      node.putObject("moments")
          .put("mean", moments.mean())
          .put("m2", moments.m2())
          .put("m3", moments.m3())
          .put("min", moments.min())
          .put("max", moments.max());
    }
    WeightedSample sample = reference.sample();
    if (sample != null) {
      ObjectNode values = node.putObject("sample");
      write(Arrays.stream(sample.values()).boxed().toList(), values.putArray("values"));
      write(Arrays.stream(sample.weights()).boxed().toList(), values.putArray("weights"));
      values.put("rank_error", sample.rankError());
    }
    write(reference.thresholds(), node);
  }

  private static void write(CategoricalReference reference, ObjectNode node) {
    node.put("n", reference.n());
    ObjectNode counts = node.putObject("counts");
    reference.counts().forEach(counts::put);
    write(reference.thresholds(), node);
  }

  private static void write(VectorReference reference, ObjectNode node) {
    node.put("n", reference.n());
    node.put("components", reference.mean().size());
    write(reference.mean(), node.putArray("mean"));
    write(reference.variance(), node.putArray("variance"));
    ArrayNode sample = node.putArray("sample");
    reference.sample().forEach(vector -> sample.add(base64(vector)));
    write(reference.thresholds(), node);
  }

  private static void write(Map<String, Double> thresholds, ObjectNode node) {
    ObjectNode byMethod = node.putObject("thresholds");
    thresholds.forEach(byMethod::put);
  }

  private static void write(List<Double> numbers, ArrayNode array) {
    numbers.forEach(array::add);
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
