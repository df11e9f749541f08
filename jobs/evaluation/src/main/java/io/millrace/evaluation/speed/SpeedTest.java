package io.millrace.evaluation.speed;

import io.millrace.evaluation.ask.Question;
import io.millrace.models.InvalidInputException;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.Prediction;
import io.millrace.schemas.avro.Priority;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * Measures two versions, one at a time: throughput with many rows under way, latency with one.
 * Preparing (tokenising) is part of both, as it is of every request.
 */
public final class SpeedTest {

  /** Enough to fill the batches of all workers, and few enough to be a queue, not a heap. */
  private static final int IN_FLIGHT = 256;

  private static final double NANOS = 1e9;

  private final SpeedPlan plan;
  private final List<Question> questions;
  private final LongSupplier nanoTicker;

  /**
   * @param questions at least one, which both versions can answer; asked in turn
   */
  public SpeedTest(SpeedPlan plan, List<Question> questions, LongSupplier nanoTicker) {
    this.plan = plan;
    this.questions = List.copyOf(questions);
    this.nanoTicker = nanoTicker;
  }

  /** Measures both. */
  public SpeedComparison run(ServedModel production, ServedModel candidate)
      throws InvalidInputException {
    // Each once before it counts: what a first call makes is made.
    throughput(production);
    throughput(candidate);
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    List<VersionSpeed.Latency> latenciesBefore = new ArrayList<>();
    List<VersionSpeed.Latency> latenciesAfter = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      before.add(throughput(production));
      after.add(throughput(candidate));
    }
    for (int round = 0; round < plan.rounds(); round++) {
      double[] productionSeconds = new double[plan.items()];
      double[] candidateSeconds = new double[plan.items()];
      for (int i = 0; i < plan.items(); i++) {
        Question question = questions.get(i % questions.size());
        productionSeconds[i] = latency(production, question);
        candidateSeconds[i] = latency(candidate, question);
      }
      latenciesBefore.add(VersionSpeed.Latency.of(productionSeconds));
      latenciesAfter.add(VersionSpeed.Latency.of(candidateSeconds));
    }
    return SpeedComparison.of(
        VersionSpeed.of(before, latenciesBefore), VersionSpeed.of(after, latenciesAfter));
  }

  private double throughput(ServedModel version) throws InvalidInputException {
    Deque<CompletableFuture<Prediction>> underWay = new ArrayDeque<>();
    long from = nanoTicker.getAsLong();
    for (int row = 0; row < plan.rows(); row++) {
      if (underWay.size() == IN_FLIGHT) {
        await(underWay.removeFirst());
      }
      underWay.add(ask(version, questions.get(row % questions.size())));
    }
    underWay.forEach(SpeedTest::await);
    return plan.rows() / seconds(from);
  }

  private double latency(ServedModel version, Question question) throws InvalidInputException {
    long from = nanoTicker.getAsLong();
    await(ask(version, question));
    return seconds(from);
  }

  private double seconds(long from) {
    return (nanoTicker.getAsLong() - from) / NANOS;
  }

  private static CompletableFuture<Prediction> ask(ServedModel version, Question question)
      throws InvalidInputException {
    return version.prepare(question.inputs()).submit(Priority.NORMAL).answer();
  }

  private static void await(CompletableFuture<Prediction> answer) {
    try {
      answer.join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "A version failed while its speed was measured: " + e.getCause(), e);
    }
  }
}
