package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime.Hold;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.schemas.avro.Priority;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is held, released and submitted while time passes: no item is lost, no memory is. */
class VersionLifePropertyTest {

  private static final Duration UNLOAD_AFTER = Duration.ofSeconds(10);
  private static final List<ModelVersion> VERSIONS =
      List.of(RuntimeFixture.VERSION, RuntimeFixture.CANDIDATE);

  enum Kind {
    HOLD,
    RELEASE,
    SUBMIT,
    SUBMIT_TO_WHAT_WAS_LOADED_BEFORE,
    PASS_TIME
  }

  record Action(Kind kind, ModelVersion version, int seconds) {}

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void everyItemIsAnsweredOnceAndHeldVersionsStay(@ForAll("actions") List<Action> actions)
      throws Exception {
    try (World world = new World()) {
      for (Action action : actions) {
        world.act(action);
        world.assertHeldVersionsAreLoaded();
      }
      world.assertAllIsAnsweredAndFreed();
    }
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void alsoWhenAllHappensAtOnce(@ForAll("actions") List<Action> actions) throws Exception {
    try (World world = new World()) {
      actions.parallelStream().forEach(world::act);
      world.assertHeldVersionsAreLoaded();
      world.assertAllIsAnsweredAndFreed();
    }
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.of(VERSIONS),
            Arbitraries.integers().between(1, 15))
        .as(Action::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  private static final class World implements AutoCloseable {

    private final RuntimeFixture fixture =
        RuntimeFixture.of(TestOptions.patient().withUnloadAfter(UNLOAD_AFTER));
    private final Map<ModelVersion, Deque<FakeModel>> models = new ConcurrentHashMap<>();
    private final Map<ModelVersion, Deque<Hold>> holds = new ConcurrentHashMap<>();
    private final Map<ModelVersion, ServedModel> served = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Prediction>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger items = new AtomicInteger();

    World() {
      for (ModelVersion version : VERSIONS) {
        models.put(version, new ConcurrentLinkedDeque<>());
        holds.put(version, new ConcurrentLinkedDeque<>());
        fixture.engine.with(
            version,
            () -> {
              FakeModel model = new FakeModel(FakeModel.echo());
              of(models, version).add(model);
              return model;
            });
      }
    }

    void act(Action action) {
      ModelVersion version = action.version();
      switch (action.kind()) {
        case HOLD -> {
          Hold hold = fixture.runtime.hold(version, ServingOptions.NONE);
          hold.loaded().join();
          of(holds, version).add(hold);
        }
        case RELEASE -> {
          Hold hold = of(holds, version).poll();
          if (hold != null) {
            hold.close();
          }
        }
        case SUBMIT -> {
          served.put(version, fixture.served(version));
          submit(version);
        }
        case SUBMIT_TO_WHAT_WAS_LOADED_BEFORE -> {
          if (served.containsKey(version)) {
            submit(version);
          }
        }
        case PASS_TIME -> {
          fixture.loadTicker.advance(Duration.ofSeconds(action.seconds()));
          fixture.runtime.unloadIdle();
        }
      }
    }

    void assertHeldVersionsAreLoaded() {
      for (ModelVersion version : VERSIONS) {
        if (!of(holds, version).isEmpty()) {
          assertThat(of(models, version).getLast().closed()).isFalse();
        }
      }
    }

    void assertAllIsAnsweredAndFreed() throws Exception {
      for (Map.Entry<String, CompletableFuture<Prediction>> answer : answers.entrySet()) {
        assertThat(FakeModel.text(answer.getValue().get(20, TimeUnit.SECONDS)))
            .isEqualTo(answer.getKey());
      }
      List<FakeModel> loaded = models.values().stream().flatMap(Deque::stream).toList();
      assertThat(loaded)
          .flatMap(FakeModel::texts)
          .containsExactlyInAnyOrderElementsOf(answers.keySet());
      holds.values().forEach(open -> open.forEach(Hold::close));
      // An answer comes a moment before its call is over, and calls count as work.
      await()
          .until(
              () -> {
                fixture.loadTicker.advance(UNLOAD_AFTER);
                fixture.runtime.unloadIdle();
                return fixture.runtime.stats().isEmpty()
                    && loaded.stream().allMatch(FakeModel::closed);
              });
      assertThat(loaded).noneMatch(FakeModel::misused);
    }

    private void submit(ModelVersion version) {
      String text = "item-" + items.incrementAndGet();
      try {
        answers.put(
            text,
            of(served, version).prepare(FakeModel.inputs(text)).submit(Priority.NORMAL).answer());
      } catch (InvalidInputException e) {
        throw new AssertionError(e);
      }
    }

    private static <T> T of(Map<ModelVersion, T> things, ModelVersion version) {
      return Objects.requireNonNull(things.get(version));
    }

    @Override
    public void close() {
      fixture.close();
    }
  }
}
