package io.millrace.models.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.models.Answer;
import io.millrace.models.InvalidInputException;
import io.millrace.models.PredictionException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import io.millrace.models.faulty.EchoEngine.EchoModel;
import io.millrace.models.faulty.EchoEngine.Item;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FaultyModelTest {

  private static final Faults NONE = Faults.of(EchoEngine.NAME);

  @TempDir private Path directory;

  private final EchoModel echo = new EchoModel();
  private final StopSignal stop = new StopSignal();

  @Test
  void answersAsTheOtherDoes() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);
    FaultyItem<Item> item = prepare(model, "a", "bcd");

    // Then
    assertThat(item.rows()).isEqualTo(2);
    assertThat(item.tokens()).isEqualTo(4);
    assertThat(item.length()).isEqualTo(3);
    assertThat(predict(model, item, prepare(model, "e")))
        .containsExactly(
            List.of(
                Tensors.ofStrings("echo", List.of("a", "bcd")),
                Tensors.ofFloats("lengths", new long[] {2}, new float[] {1, 3})),
            List.of(
                Tensors.ofStrings("echo", List.of("e")),
                Tensors.ofFloats("lengths", new long[] {1}, new float[] {1})));
  }

  @Test
  void handsOnTheFeaturesOfTheOther() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);

    // When
    List<Answer> answers = model.answer(List.of(prepare(model, "a", "{nan}")), stop);

    // Then
    assertThat(answers.get(0).features())
        .extracting(row -> row.numbers().get("length"))
        .containsExactly(1.0, 5.0);
  }

  @Test
  void closesTheOther() {
    // When
    model(NONE).close();

    // Then
    assertThat(echo.closed).isTrue();
  }

  @Test
  void throwsWhenAnItemSaysSo() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);

    // Then
    assertThatThrownBy(
            () -> predict(model, prepare(model, "good"), prepare(model, "good", "a {throw} b")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(predict(model, prepare(model, "good"))).hasSize(1);
  }

  @Test
  void answersNaNForTheItemAlone() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);

    // When
    List<List<Tensor>> answers =
        predict(model, prepare(model, "good"), prepare(model, "a", "{nan}"));

    // Then
    assertThat(answers.get(0).get(1))
        .isEqualTo(Tensors.ofFloats("lengths", new long[] {1}, new float[] {4}));
    assertThat(answers.get(1))
        .containsExactly(
            Tensors.ofStrings("echo", List.of("a", "{nan}")),
            Tensors.ofFloats("lengths", new long[] {2}, new float[] {Float.NaN, Float.NaN}));
  }

  @Test
  void usesUpTheHeapAndLetsGoOfIt() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);

    // Then
    assertThatThrownBy(() -> predict(model, prepare(model, "{oom}")))
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessageContaining("heap");
    assertThat(new byte[1 << 26]).hasSize(1 << 26);
    assertThat(predict(model, prepare(model, "good"))).hasSize(1);
  }

  @Test
  void refusesAnItemBeforeItsBatch() {
    // Given
    FaultyModel<Item> model = model(NONE);

    // Then
    assertThatThrownBy(() -> prepare(model, "good", "{invalid}"))
        .isInstanceOf(InvalidInputException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "INVALID")
  void otherMarkersGetIntoABatch(Marker marker) throws Exception {
    assertThat(prepare(model(NONE), "a " + marker.text()).markers()).containsExactly(marker);
  }

  @Test
  void hangsUntilItIsStopped() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE);
    RunningCall call = start(model, prepare(model, "{hang}"));

    // When
    await().until(() -> call.waits());
    stop.stop();

    // Then
    assertThatThrownBy(call.answer()::join)
        .hasCauseInstanceOf(PredictionException.class)
        .cause()
        .satisfies(FaultyModelTest::isTimeout);
    assertThat(echo.calls).isZero();
  }

  @Test
  void hangsEachSoManyThTime() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE.withHangEvery(3));
    FaultyItem<Item> item = prepare(model, "good");
    stop.stop();

    // When
    List<Boolean> answered = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answered.add(answers(model, item));
    }

    // Then
    assertThat(answered).containsExactly(true, true, false, true, true, false, true);
  }

  @Test
  void answersLaterByItsDelay() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE.withDelayMillis(30));
    FaultyItem<Item> item = prepare(model, "good");

    // When
    long start = System.nanoTime();
    boolean answered = answers(model, item);

    // Then
    assertThat(answered).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  void aDelayedCallCanBeStopped() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE.withDelayMillis(60_000));
    FaultyItem<Item> item = prepare(model, "good");

    // When
    stop.stop();

    // Then
    assertThat(answers(model, item)).isFalse();
  }

  @Test
  void hangsWhileItsFileExists() throws Exception {
    // Given
    Path file = Files.createFile(directory.resolve("hang"));
    FaultyModel<Item> model = model(NONE.withHangWhile(file));
    RunningCall call = start(model, prepare(model, "good"));
    await().until(() -> call.waits());

    // When
    Files.delete(file);

    // Then
    assertThat(call.answer().join()).hasSize(1);
  }

  @Test
  void aHangingCallOfAFileStopsToo() throws Exception {
    // Given
    FaultyModel<Item> model =
        model(NONE.withHangWhile(Files.createFile(directory.resolve("hang"))));
    stop.stop();

    // Then
    assertThat(answers(model, prepare(model, "good"))).isFalse();
  }

  @Test
  void deafCallsDoNotStop() throws Exception {
    // Given
    Path file = Files.createFile(directory.resolve("hang"));
    FaultyModel<Item> model = model(NONE.withDeafCalls().withHangWhile(file));
    stop.stop();

    // When
    RunningCall call = start(model, prepare(model, "good"));
    await().until(() -> call.waits());
    Files.delete(file);

    // Then it was the file that ended it
    assertThat(call.answer().join()).hasSize(1);
  }

  @Test
  void failsWhileItsFileExists() throws Exception {
    // Given
    Path file = directory.resolve("down");
    FaultyModel<Item> model = model(NONE.withFailWhile(file));
    FaultyItem<Item> item = prepare(model, "good");

    // Then
    assertThat(predict(model, item)).hasSize(1);
    Files.createFile(file);
    assertThatThrownBy(() -> predict(model, item)).isInstanceOf(IllegalStateException.class);
    Files.delete(file);
    assertThat(predict(model, item)).hasSize(1);
  }

  @Test
  void hasNoMemoryForLargeBatches() throws Exception {
    // Given
    FaultyModel<Item> model = model(NONE.withMaxBatchSize(2));
    FaultyItem<Item> one = prepare(model, "a");
    FaultyItem<Item> two = prepare(model, "b", "c");

    // Then rows count, not items
    assertThat(predict(model, two)).hasSize(1);
    assertThatThrownBy(() -> predict(model, one, two)).isInstanceOf(OutOfMemoryError.class);
  }

  private FaultyModel<Item> model(Faults faults) {
    return new FaultyModel<>(echo, faults);
  }

  private static FaultyItem<Item> prepare(FaultyModel<Item> model, String... texts)
      throws InvalidInputException {
    return model.prepare(List.of(Tensors.ofStrings("text", List.of(texts))));
  }

  @SafeVarargs
  private List<List<Tensor>> predict(FaultyModel<Item> model, FaultyItem<Item>... batch)
      throws PredictionException {
    return model.predict(List.of(batch), stop);
  }

  private boolean answers(FaultyModel<Item> model, FaultyItem<Item> item) {
    try {
      return predict(model, item).size() == 1;
    } catch (PredictionException e) {
      isTimeout(e);
      return false;
    }
  }

  private RunningCall start(FaultyModel<Item> model, FaultyItem<Item> item) {
    CompletableFuture<List<List<Tensor>>> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(predict(model, item));
              } catch (PredictionException e) {
                answer.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return new RunningCall(thread, answer);
  }

  private static void isTimeout(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            PredictionException.class,
            prediction -> assertThat(prediction.reason()).isEqualTo(Reason.TIMEOUT));
  }

  private record RunningCall(Thread thread, CompletableFuture<List<List<Tensor>>> answer) {

    boolean waits() {
      return thread.getState() == Thread.State.TIMED_WAITING;
    }
  }
}
