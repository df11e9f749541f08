package io.millrace.local.chaos;

import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.stack.LocalStack;
import io.millrace.schemas.avro.InferenceResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Redis is killed in mid-load and comes back empty. */
final class RedisRestart implements Scenario {

  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration REBUILT = Duration.ofSeconds(60);

  private final LongSupplier nanoTicker = System::nanoTime;

  @Override
  public String name() {
    return "redis-restart";
  }

  @Override
  public String about() {
    return "Redis is killed in mid-load and comes back empty after 2 s: every accepted job"
        + " succeeds, polls never get 404 for one (503 is honest), and in the end each can be read"
        + " with its result through the API.";
  }

  @Override
  public int requests() {
    return 3_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    ChaosStack stack = ChaosStack.start(context, new Setup());
    stack.send(
        new Texts(ChaosContext.SEED)
            .questions(context.requests(), LocalStack.SAMPLE_MODEL, Expectation.success()),
        context.requests() / 3,
        stack.outage("Redis", stack.stack().redisOutage(), AWAY));
    stack.awaitResults();
    stack.event("reading every job through the API");
    long notFound = stack.log().counts().notFound();
    long from = nanoTicker.getAsLong();
    Set<String> unreadable = unreadable(stack);
    Findings findings = new Findings();
    findings.note("Redis", "killed, back empty after %d s".formatted(AWAY.toSeconds()));
    findings.check("polls answered 404", notFound == 0, "%,d".formatted(notFound));
    findings.check(
        "read again through the API",
        unreadable.isEmpty(),
        "%,d of %,d, in %.1f s"
            .formatted(
                stack.log().counts().accepted() - unreadable.size(),
                stack.log().counts().accepted(),
                (nanoTicker.getAsLong() - from) / 1e9));
    return stack.report(name(), findings, unreadable.size() + notFound);
  }

  /** The jobs that the API does not show as they were committed, not even after a while. */
  private Set<String> unreadable(ChaosStack stack) throws InterruptedException {
    JobClient client =
        new JobClient(
            stack.stack().addresses().api(),
            LocalStack.SAMPLE_MODEL,
            stack.stack().textInput(LocalStack.SAMPLE_MODEL));
    Set<String> left = new HashSet<>(stack.log().acceptedJobs().keySet());
    long deadline = nanoTicker.getAsLong() + REBUILT.toNanos();
    while (!left.isEmpty()) {
      for (String jobId : Set.copyOf(left)) {
        if (readable(client, jobId, stack.audit())) {
          left.remove(jobId);
        }
      }
      if (nanoTicker.getAsLong() > deadline) {
        return left;
      }
      TimeUnit.MILLISECONDS.sleep(left.isEmpty() ? 0 : 500);
    }
    return left;
  }

  private static boolean readable(JobClient client, String jobId, ResultAudit audit)
      throws InterruptedException {
    Optional<InferenceResult> committed = audit.result(jobId);
    try {
      ApiJob shown = client.read(jobId).get(10, TimeUnit.SECONDS);
      return committed.isPresent()
          && shown.status().equals(committed.get().getStatus().name().toLowerCase(Locale.ROOT))
          && shown.hasOutputs() != committed.get().getOutputs().isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
