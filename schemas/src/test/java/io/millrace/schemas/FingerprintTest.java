package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  private static final Tensor TEXT = Tensors.ofStrings("text", List.of("hello"));
  private static final Tensor SCORE = Tensors.ofFloats("score", new long[] {1}, new float[] {1f});

  @Test
  void theFingerprintOfAContentNeverChanges() {
    // Cached answers and keyed state live under it: this value is a promise.
    assertThat(of(Commands.submit("hello"))).isEqualTo("_NbIdsF9KQLzELdTBfKchlo_Lk78Gul0");
  }

  @Test
  void everyPartOfTheContentCounts() {
    Submit base = Commands.submit("hello");

    assertThat(
            Set.of(
                Fingerprint.of("default", "support-desk", base),
                Fingerprint.of("other", "support-desk", base),
                Fingerprint.of("default", "other", base),
                of(Commands.submit("hello ")),
                of(Commands.submit("hel", "lo")),
                of(Commands.submit(List.of(TEXT), Map.of("top_k", 3L))),
                of(Commands.submit(List.of(TEXT), Map.of("top_k", "3"))),
                of(
                    Commands.submit(
                        List.of(Tensors.ofStrings("other", List.of("hello"))), Map.of())),
                of(
                    new Submit(
                        null,
                        List.of(TEXT),
                        Map.of(),
                        List.of("label"),
                        Priority.NORMAL,
                        null,
                        false,
                        null,
                        null))))
        .hasSize(9);
  }

  @Test
  void orderAndVersionDoNotCount() {
    Map<String, Object> parameters = Map.of("a", 1L, "b", true);

    assertThat(of(Commands.submit(List.of(SCORE, TEXT), parameters)))
        .isEqualTo(of(Commands.submit(List.of(TEXT, SCORE), parameters)))
        .isEqualTo(
            of(
                new Submit(
                    "1.0.0",
                    List.of(TEXT, SCORE),
                    parameters,
                    List.of(),
                    Priority.NORMAL,
                    null,
                    false,
                    null,
                    null)))
        .hasSize(Fingerprint.LENGTH);
  }

  private static String of(Submit submit) {
    return Fingerprint.of("default", "support-desk", submit);
  }
}
