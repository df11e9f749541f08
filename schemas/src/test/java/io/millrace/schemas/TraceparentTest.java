package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceparentTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource({"00,false", "01,true", "02,false", "03,true", "ff,true"})
  void aValidHeaderIsKeptWithItsFlags(String flags, boolean sampled) {
    String header = "00-" + TRACE + "-" + SPAN + "-" + flags;

    Traceparent trace = Objects.requireNonNull(Traceparent.parse(header));

    assertThat(trace).isEqualTo(new Traceparent(header));
    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.spanId()).isEqualTo(SPAN);
    assertThat(trace.flags()).isEqualTo(flags);
    assertThat(trace.sampled()).isEqualTo(sampled);
  }

  @ParameterizedTest
  @CsvSource({
    "01-" + TRACE + "-" + SPAN + "-03, 01",
    "cc-" + TRACE + "-" + SPAN + "-02-what-the-future-adds, 00"
  })
  void aLaterVersionIsReadAsThisOne(String header, String flags) {
    assertThat(Traceparent.parse(header))
        .isEqualTo(new Traceparent("00-" + TRACE + "-" + SPAN + "-" + flags));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
      })
  void anotherHeaderIsDropped(String header) {
    assertThat(Traceparent.parse(header)).isNull();
  }

  @Test
  void anInvalidValueIsNoTrace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Traceparent("01-" + TRACE + "-" + SPAN + "-01"))
        .withMessageContaining("expected 00-");
  }

  @RepeatedTest(100)
  void aNewTraceIsValid(RepetitionInfo repetition) {
    boolean sampled = repetition.getCurrentRepetition() % 2 == 0;

    Traceparent made = Traceparent.create(new Random(repetition.getCurrentRepetition()), sampled);

    assertThat(Traceparent.parse(made.value())).isEqualTo(made);
    assertThat(made.sampled()).isEqualTo(sampled);
    assertThat(Traceparent.of(made.traceId(), made.spanId(), sampled)).isEqualTo(made);
  }

  @Test
  void newTracesDiffer() {
    Random random = new Random(1);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Traceparent made = Traceparent.create(random, true);
      ids.add(made.traceId());
      ids.add(made.spanId());
    }
    assertThat(ids).hasSize(2_000);
  }

  @Test
  void idsOfZerosAreNotMade() {
    var zerosFirst = LongStream.of(0, 0, 0, 7, 0, 9).iterator();

    Traceparent made = Traceparent.create(zerosFirst::nextLong, false);

    assertThat(made.value()).isEqualTo("00-" + "0".repeat(31) + "7-" + "0".repeat(15) + "9-00");
  }
}
