package io.millrace.statistics.golden;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.statistics.distance.EvidentlyProfile;
import io.millrace.statistics.distance.EvidentlyScore;
import io.millrace.statistics.distance.EvidentlyTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares with what other tools and libraries give for the same inputs: one test a pair. */
class GoldenTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The facts that lie beside the repository, where they do. */
  private static final Path SHARED = Path.of("../../../shared/data/drift/golden.json");

  @TestFactory
  Stream<DynamicTest> sharedPairs() throws IOException {
    assumeTrue(
        Files.isRegularFile(SHARED),
        () -> "Skipped: there is no " + SHARED.toAbsolutePath().normalize());
    return tests(JSON.readTree(SHARED.toFile()));
  }

  @TestFactory
  Stream<DynamicTest> ownPairs() throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("pairs.json")) {
      return tests(JSON.readTree(in));
    }
  }

  private static Stream<DynamicTest> tests(JsonNode file) {
    return StreamSupport.stream(file.get("pairs").spliterator(), false)
        .map(GoldenPair::new)
        .map(pair -> dynamicTest(pair.id(), () -> check(pair)));
  }

  private static void check(GoldenPair pair) {
    Object computed =
        GoldenMethods.compute(pair)
            .orElseGet(() -> fail("There is no method " + pair.json().get("method")));
    compare(pair, pair.expected(), computed);
    checkDrift(pair);
    checkCounts(pair);
  }

  private static void compare(GoldenPair pair, JsonNode expected, Object computed) {
    if (expected.isObject()) {
      Map<?, ?> byName = (Map<?, ?>) computed;
      expected
          .properties()
          .forEach(
              value -> {
                Object found = byName.get(value.getKey());
                assertThat(found).as(value.getKey()).isNotNull();
                close(pair, value.getKey(), value.getValue(), requireNonNull(found));
              });
    } else if (expected.isArray()) {
      List<?> list = (List<?>) computed;
      assertThat(list).hasSameSizeAs(expected);
      for (int i = 0; i < list.size(); i++) {
        close(pair, "[" + i + "]", expected.get(i), list.get(i));
      }
    } else {
      close(pair, pair.method(), expected, computed);
    }
  }

  private static void close(GoldenPair pair, String what, JsonNode expected, Object computed) {
    assertThat((Double) computed).as(what).isCloseTo(expected.asDouble(), within(pair.tolerance()));
  }

  /** Some pairs say whether the score means drift. */
  private static void checkDrift(GoldenPair pair) {
    if (!pair.json().has("drift")) {
      return;
    }
    EvidentlyScore score =
        EvidentlyProfile.categories(
            EvidentlyTest.PSI, pair.categories("reference"), pair.categories("current"));
    assertThat(score.threshold()).isEqualTo(pair.json().get("threshold").asDouble());
    assertThat(score.drift()).isEqualTo(pair.json().get("drift").asBoolean());
  }

  /** Some pairs list what is in the bins. */
  private static void checkCounts(GoldenPair pair) {
    if (!pair.json().has("cur_counts")) {
      return;
    }
    long[] reference = GoldenMethods.doaneCounts(pair, "reference");
    long[] current = GoldenMethods.doaneCounts(pair, "current");
    int bins = reference.length - 1;
    assertThat(Arrays.copyOf(reference, bins)).containsExactly(longs(pair, "ref_counts"));
    assertThat(Arrays.copyOf(current, bins)).containsExactly(longs(pair, "cur_counts"));
    assertThat((double) current[bins] / Arrays.stream(current).sum())
        .isCloseTo(pair.json().get("cur_leftover").asDouble(), within(pair.tolerance()));
  }

  private static long[] longs(GoldenPair pair, String name) {
    return StreamSupport.stream(pair.json().get(name).spliterator(), false)
        .mapToLong(JsonNode::asLong)
        .toArray();
  }
}
