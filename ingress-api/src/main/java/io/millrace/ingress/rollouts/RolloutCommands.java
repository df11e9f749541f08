package io.millrace.ingress.rollouts;

import io.millrace.ingress.DurableLog;
import io.millrace.ingress.deployments.Deployments;
import io.millrace.ingress.deployments.OperatorTasks;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.ingress.models.RolloutHistory;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutCommandAction;
import io.millrace.schemas.avro.RolloutDecision;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to the rollout controller what operators ask of rollouts, and waits for its answer. */
@Singleton
final class RolloutCommands {

  private static final Logger log = LoggerFactory.getLogger(RolloutCommands.class);

  /** The controller answers at once; when it is away the command waits for it in the log. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Deployments deployments;
  private final RolloutHistory history;
  private final DurableLog commands;
  private final OperatorTasks tasks;
  private final Clock clock;
  private final Executor completions;

  /**
   * @param completions threads that never block
   */
  RolloutCommands(
      Deployments deployments,
      RolloutHistory history,
      DurableLog commands,
      OperatorTasks tasks,
      Clock clock,
      @Named("completions") Executor completions) {
    this.deployments = deployments;
    this.history = history;
    this.commands = commands;
    this.tasks = tasks;
    this.clock = clock;
    this.completions = completions;
  }

  /**
   * Asks something of the rollout of a model. The future says whether it was decided in time; it
   * fails with a {@link ProblemException} {@code LOG_UNAVAILABLE} when it is not known whether the
   * log has it, or {@code OVERLOADED}.
   *
   * @param by who asks
   * @throws ProblemException {@code NO_ROLLOUT} when none goes on; {@code UNKNOWN_MODEL}; {@code
   *     STARTING}
   */
  CompletableFuture<Boolean> ask(
      String model, RolloutCommandAction action, Optional<String> reason, String by) {
    DeploymentState state = deployments.get(model);
    if (!state.isRollingOut()) {
      throw new ProblemException(ProblemType.NO_ROLLOUT, "No rollout of the model goes on.");
    }
    RolloutCommand command =
        new RolloutCommand(
            UUID.randomUUID().toString(),
            model,
            state.revision(),
            action,
            by,
            reason.orElse(null),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    // Waits before it is written, so that a fast decision is not missed.
    CompletableFuture<RolloutDecision> decision = history.await(command.getId());
    return tasks
        .submit(() -> append(command).join())
        .handleAsync((written, failure) -> acknowledged(model, failure), completions)
        .thenCompose(acknowledged -> decided(decision))
        .whenComplete((decided, failure) -> forget(decision));
  }

  private CompletableFuture<Void> append(RolloutCommand command) {
    return commands.append(
        new ProducerRecord<>(
            Topic.ROLLOUT_COMMANDS.name(),
            command.getModel().getBytes(StandardCharsets.UTF_8),
            MessageCodec.ROLLOUT_COMMANDS.encode(command)));
  }

  private static boolean acknowledged(String model, @Nullable Throwable failure) {
    if (failure == null) {
      return true;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ProblemException problem) {
      throw problem;
    }
    log.warn("A command for the rollout of {} is not in the log: {}", model, failure.toString());
    throw new ProblemException(
        ProblemType.LOG_UNAVAILABLE,
        "The log did not acknowledge the command in time; read the rollout, and send it again.");
  }

  private CompletableFuture<Boolean> decided(
      @Nullable CompletableFuture<RolloutDecision> decision) {
    if (decision == null) {
      return CompletableFuture.completedFuture(false);
    }
    return decision
        .thenApply(made -> true)
        .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(decided -> decided, completions);
  }

  private static void forget(@Nullable CompletableFuture<RolloutDecision> decision) {
    if (decision != null) {
      decision.cancel(false);
    }
  }
}
