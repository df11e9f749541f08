package io.millrace.registry.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.statistics.Histogram;
import io.millrace.statistics.estimate.IsotonicRegression;
import io.millrace.statistics.profile.CategoricalReference;
import io.millrace.statistics.profile.ConfidenceCalibration;
import io.millrace.statistics.profile.Moments;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.VectorReference;
import io.millrace.statistics.profile.WeightedSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a profile of JSON of format versions 1 and 2. Whatever is not as expected is an {@link
 * IllegalArgumentException} that says where and what was expected.
 */
final class ProfileReader {

  private static final int MAX_FEATURES = 1_000;
  private static final int MAX_COMPONENTS = 65_536;
  private static final int MAX_BINS = 10_000;

  private ProfileReader() {}

  static ReferenceProfile read(JsonNode root) {
    Fields fields = new Fields("", root);
    long version = fields.has("version") ? fields.count("version") : 1;
    if (version < 1 || version > ProfileWriter.VERSION) {
      throw new IllegalArgumentException(
          "version is %d, expected 1 or %d".formatted(version, ProfileWriter.VERSION));
    }
    return new ReferenceProfile(
        features(fields, "numbers", ProfileReader::number),
        features(fields, "categories", ProfileReader::category),
        features(fields, "vectors", ProfileReader::vector),
        calibration(fields),
        fields.has("baseline_accuracy") ? fields.share("baseline_accuracy") : null);
  }

  private static <T> SortedMap<String, T> features(
      Fields root, String kind, Function<Fields, T> read) {
    SortedMap<String, T> features = new TreeMap<>();
    if (root.has(kind)) {
      Fields all = root.object(kind);
      if (all.node().size() > MAX_FEATURES) {
        throw new IllegalArgumentException(
            "%s has %d features, expected at most %d"
                .formatted(kind, all.node().size(), MAX_FEATURES));
      }
      for (Iterator<String> names = all.node().fieldNames(); names.hasNext(); ) {
        String name = names.next();
        features.put(name, all.object(name).checked(read));
      }
    }
    return features;
  }

  private static NumericReference number(Fields fields) {
    List<Double> edges = fields.numbers("edges", MAX_BINS + 1);
    List<Long> counts = fields.counts("counts", MAX_BINS);
    Histogram histogram = new Histogram(edges, counts);
    fields.requireSum("n", histogram.n());
    return new NumericReference(
        histogram, moments(fields, histogram.n()), sample(fields), thresholds(fields));
  }

  private static @Nullable Moments moments(Fields fields, long n) {
    if (!fields.has("moments")) {
      return null;
    }
    Fields moments = fields.object("moments");
    return new Moments(
        n,
        moments.number("mean"),
        moments.number("m2"),
        moments.number("m3"),
        moments.number("min"),
        moments.number("max"));
  }

  private static @Nullable WeightedSample sample(Fields fields) {
    if (!fields.has("sample")) {
      return null;
    }
    Fields sample = fields.object("sample");
    return new WeightedSample(
        array(sample.numbers("values", WeightedSample.LARGEST)),
        array(sample.numbers("weights", WeightedSample.LARGEST)),
        sample.share("rank_error"));
  }

  private static CategoricalReference category(Fields fields) {
    Fields counts = fields.object("counts");
    SortedMap<String, Long> byValue = new TreeMap<>();
    for (Iterator<String> values = counts.node().fieldNames(); values.hasNext(); ) {
      String value = values.next();
      byValue.put(value, counts.count(value));
    }
    CategoricalReference reference = new CategoricalReference(byValue, thresholds(fields));
    fields.requireSum("n", reference.n());
    return reference;
  }

  private static VectorReference vector(Fields fields) {
    long components = fields.count("components");
    if (components < 1 || components > MAX_COMPONENTS) {
      throw new IllegalArgumentException(
          "%d components, expected 1 to %d".formatted(components, MAX_COMPONENTS));
    }
    List<float[]> sample = new ArrayList<>();
    for (JsonNode text : fields.array("sample", VectorReference.SAMPLE)) {
      sample.add(vector(text, (int) components));
    }
    return new VectorReference(
        fields.count("n"),
        fields.numbers("mean", MAX_COMPONENTS),
        fields.numbers("variance", MAX_COMPONENTS),
        sample,
        thresholds(fields));
  }

  private static float[] vector(JsonNode text, int components) {
    byte[] bytes = Base64.getDecoder().decode(text.asText());
    if (bytes.length != components * Float.BYTES) {
      throw new IllegalArgumentException(
          "a vector of the sample has %d bytes, expected %d"
              .formatted(bytes.length, components * Float.BYTES));
    }
    float[] vector = new float[components];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    if (!VectorReference.isFinite(vector)) {
      throw new IllegalArgumentException("a vector of the sample is not finite");
    }
    return vector;
  }

  private static SortedMap<String, Double> thresholds(Fields fields) {
    SortedMap<String, Double> thresholds = new TreeMap<>();
    if (fields.has("thresholds")) {
      Fields byMethod = fields.object("thresholds");
      for (Iterator<String> methods = byMethod.node().fieldNames(); methods.hasNext(); ) {
        String method = methods.next();
        thresholds.put(method, byMethod.number(method));
      }
    }
    return thresholds;
  }

  private static @Nullable ConfidenceCalibration calibration(Fields root) {
    if (!root.has("calibration")) {
      return null;
    }
    return root.object("calibration")
        .checked(
            fields ->
                new ConfidenceCalibration(
                    new IsotonicRegression(
                        fields.numbers("confidences", Fields.MAX_ITEMS),
                        fields.numbers("accuracies", Fields.MAX_ITEMS))));
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
