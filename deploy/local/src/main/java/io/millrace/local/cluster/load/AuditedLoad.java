package io.millrace.local.cluster.load;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.JobClient;
import io.millrace.schemas.avro.ResultStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Steady load with an audit of what is committed and of what polls show. */
public final class AuditedLoad implements AutoCloseable {

  private final List<JobClient> clients;
  private final JobTimes times = new JobTimes();
  private final Polls polls = new Polls();
  private final ResultAudit audit;
  private final CommittedResults results;
  private final SteadyLoad load;
  private final Poller poller;

  private AuditedLoad(ClusterTargets cluster, double perSecond, Supplier<String> texts, long seed) {
    clients = cluster.clients();
    audit = new ResultAudit(result -> times.committed(result.getJobId(), System.nanoTime()));
    results = CommittedResults.open(cluster.kafka(), From.NOW, audit);
    load = SteadyLoad.start(clients, perSecond, texts, times);
    poller = Poller.start(clients, times, polls, seed);
  }

  /**
   * Starts it.
   *
   * @param texts what to ask, each once
   * @param seed of the choice of jobs to poll
   */
  public static AuditedLoad start(
      ClusterTargets cluster, double perSecond, Supplier<String> texts, long seed) {
    return new AuditedLoad(cluster, perSecond, texts, seed);
  }

  public SteadyLoad load() {
    return load;
  }

  public JobTimes times() {
    return times;
  }

  public Polls polls() {
    return polls;
  }

  /** Ends the load, waits for the last results, and counts. */
  public LoadReport finish() throws InterruptedException {
    load.close();
    load.check();
    poller.close();
    List<String> accepted = times.accepted();
    boolean unused = results.awaitAll(accepted);
    Set<String> lost = new HashSet<>(new LastPoll(clients).unanswered(accepted));
    accepted.stream().filter(job -> audit.result(job).isEmpty()).forEach(lost::add);
    long missing = audit.missing(accepted);
    long failed =
        audit.results(accepted).stream()
            .filter(result -> result.getStatus() != ResultStatus.SUCCEEDED)
            .count();
    return new LoadReport(
        accepted.size(),
        accepted.size() - missing,
        missing,
        audit.duplicateResults(),
        lost.size(),
        failed,
        load.counts());
  }

  @Override
  public void close() {
    load.close();
    poller.close();
    results.close();
  }
}
