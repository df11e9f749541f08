package io.millrace.local.chaos;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.JobClient;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Ports;
import io.millrace.local.stack.StackAddresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The process that holds everything, task managers included, is killed in mid-load. */
final class Crash implements Scenario {

  private static final int MOST_KILLS = 3;

  /** Each kill costs a start of everything, so that few requests are worth one alone. */
  private static final int REQUESTS_PER_KILL = 1_000;

  @Override
  public String name() {
    return "crash";
  }

  @Override
  public String about() {
    return "The process with the task managers, broker, Redis and API is killed (kill -9) in"
        + " mid-load, once a thousand requests, three times at most, and started again: every"
        + " accepted job succeeds, once.";
  }

  @Override
  public int requests() {
    return 3_000;
  }

  @Override
  public ScenarioReport run(ChaosContext context) throws Exception {
    int kills = Math.max(1, Math.min(MOST_KILLS, context.requests() / REQUESTS_PER_KILL));
    Path data = context.directory();
    Packages.of(context.samples(), data.resolve("models"));
    int port = Ports.anyFree();
    Path output = data.resolve("up.log");
    Victim victim =
        context.shutdown().add("the victim", new Victim(() -> UpProcess.start(data, port, output)));
    URI api = victim.addresses().api();
    LoadLog log = new LoadLog();
    Progress progress =
        context
            .shutdown()
            .add("progress", new Progress(context.terminal(), log, context.requests()));
    JobClient client = new JobClient(api, LocalStack.SAMPLE_MODEL, "text");
    Load load = new Load(model -> client, Setup.CONCURRENCY, log, System::nanoTime);
    Load.Phase phase =
        load.send(
            new Texts(ChaosContext.SEED)
                .questions(context.requests(), LocalStack.SAMPLE_MODEL, Expectation.success()),
            () -> {
              for (int kill = 1; kill <= kills; kill++) {
                log.awaitAccepted((long) context.requests() * kill / (kills + 1));
                progress.event("kill -9, number " + kill);
                victim.killAndStart();
                progress.event("started again");
              }
              return null;
            });
    ResultAudit audit = new ResultAudit();
    try (CommittedResults results =
        CommittedResults.open(victim.addresses().kafka(), From.BEGINNING, audit)) {
      progress.event("waiting for the last commit");
      results.awaitAll(log.acceptedJobs().keySet());
    }
    Findings findings = new Findings();
    findings.note("killed", "%d times".formatted(kills));
    findings.note(
        "load", "%,d requests in %,d s".formatted(phase.requests(), phase.took().toSeconds()));
    return ScenarioReport.of(name(), log, audit, findings, 0);
  }

  /** The process that is killed, and the one in its place. */
  private static final class Victim implements AutoCloseable {

    private final Callable<UpProcess> starter;
    private UpProcess process;

    Victim(Callable<UpProcess> starter) throws Exception {
      this.starter = starter;
      process = starter.call();
    }

    synchronized StackAddresses addresses() {
      return process.addresses();
    }

    synchronized void killAndStart() throws Exception {
      process.kill();
      process = starter.call();
    }

    @Override
    public synchronized void close() throws InterruptedException {
      process.close();
    }
  }
}
