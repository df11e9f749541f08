package io.millrace.local.chaos;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.ApiJob;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobClient.Submission;
import io.millrace.local.client.JobRequest;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Outage;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StartDisplay;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A whole stack in this process, with a client and an audit of what it commits. */
final class ChaosStack {

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final LocalStack stack;
  private final Function<String, JobClient> clients;
  private final CommittedResults results;
  private final ResultAudit audit;
  private final LoadLog log;
  private final Load load;
  private final Progress progress;

  private ChaosStack(
      LocalStack stack,
      Function<String, JobClient> clients,
      CommittedResults results,
      ResultAudit audit,
      LoadLog log,
      Load load,
      Progress progress) {
    this.stack = stack;
    this.clients = clients;
    this.results = results;
    this.audit = audit;
    this.log = log;
    this.load = load;
    this.progress = progress;
  }

  /** Starts one in the scenario's directory. */
  static ChaosStack start(ChaosContext context, Setup setup) throws Exception {
    Shutdown shutdown = context.shutdown();
    DataDirectory data =
        shutdown.add("the data directory", DataDirectory.claim(context.directory()));
    Packages packages = Packages.of(context.samples(), data.path().resolve("models"));
    for (Map.Entry<ModelVersion, UnaryOperator<Faults>> faulty : setup.faulty().entrySet()) {
      packages.addFaulty(faulty.getKey(), faulty.getValue());
    }
    StackOptions options =
        new StackOptions(
            0, 0, packages.repository(), setup.models(), setup.terms(), setup.jobSettings(), null);
    LocalStack stack;
    try (StartDisplay display = new StartDisplay(context.terminal())) {
      stack = LocalStack.start(options, data, display, shutdown);
    }
    ResultAudit audit = new ResultAudit();
    CommittedResults results =
        shutdown.add(
            "results", CommittedResults.open(stack.addresses().kafka(), From.BEGINNING, audit));
    LoadLog log = new LoadLog();
    Map<String, JobClient> byModel = new ConcurrentHashMap<>();
    Function<String, JobClient> clients =
        model ->
            byModel.computeIfAbsent(
                model, name -> new JobClient(stack.addresses().api(), name, stack.textInput(name)));
    Load load = new Load(clients, setup.concurrency(), log, System::nanoTime);
    Progress progress =
        shutdown.add("progress", new Progress(context.terminal(), log, context.requests()));
    return new ChaosStack(stack, clients, results, audit, log, load, progress);
  }

  LocalStack stack() {
    return stack;
  }

  /** What the model runtime has done so far. */
  RuntimeMetrics metrics() throws IOException, InterruptedException {
    return RuntimeMetrics.read(stack.addresses().flinkMetrics());
  }

  LoadLog log() {
    return log;
  }

  ResultAudit audit() {
    return audit;
  }

  /** Says what is going on. */
  void event(String what) {
    progress.event(what);
  }

  /** Sends all; returns when each has its result or was given up. */
  Load.Phase send(List<Question> questions) throws InterruptedException {
    return load.send(questions);
  }

  /** Sends one and waits for it: whether it was answered without a failure. */
  boolean ask(Question question) throws InterruptedException, ExecutionException {
    JobClient client = clients.apply(question.model());
    JobRequest request = new JobRequest(question.text(), question.allowStale());
    if (client.submit(request, ANSWER).get() instanceof Submission.Accepted accepted) {
      ApiJob job = accepted.job();
      log.accepted(job.id(), question);
      while (!job.finished()) {
        job = client.await(job.id(), ANSWER).get();
      }
      log.done();
      return job.status().equals("succeeded");
    }
    log.refused();
    return false;
  }

  /**
   * Sends all, and does the harm once so many of them were accepted.
   *
   * @param accepted jobs accepted since the start of the stack
   */
  Load.Phase send(List<Question> questions, long accepted, Callable<?> harm)
      throws InterruptedException {
    return load.send(
        questions,
        () -> {
          log.awaitAccepted(accepted);
          return harm.call();
        });
  }

  /** A harm: a server is away for a while. */
  Callable<Void> outage(String name, Outage server, Duration away) {
    return () -> {
      event(name + " is away");
      server.begin();
      TimeUnit.MILLISECONDS.sleep(away.toMillis());
      server.end();
      event(name + " is back");
      return null;
    };
  }

  /** Waits until every accepted job has a committed result, and a second one would be there too. */
  void awaitResults() throws InterruptedException {
    event("waiting for the last commit");
    results.awaitAll(log.acceptedJobs().keySet());
  }

  /** Judges the committed results, once they are there. */
  ScenarioReport report(String scenario, Findings findings) throws InterruptedException {
    return report(scenario, findings, 0);
  }

  /**
   * Judges the committed results, once they are there.
   *
   * @param furtherWrong jobs that are wrong in another way
   */
  ScenarioReport report(String scenario, Findings findings, long furtherWrong)
      throws InterruptedException {
    awaitResults();
    return ScenarioReport.of(scenario, log, audit, findings, furtherWrong);
  }
}
