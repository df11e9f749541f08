package io.millrace.local.cluster.scale;

import io.millrace.ingress.backpressure.DrainRate;
import io.millrace.ingress.backpressure.QueueReading;

/**
 * Decides how many subtasks the inference job of a local cluster should have:
 *
 * <pre>
 *   needed = arrivals/s + what waits longer than is tolerated / time to catch up
 *   wanted = needed / (jobs/s that a subtask finished while there was a backlog * utilisation)
 * </pre>
 *
 * It scales up only when jobs wait, and down only when none do; what a subtask can do is not known
 * before there was a backlog, and until then nothing changes. What is wanted must be wanted for a
 * while, and after each change there is a pause.
 *
 * <p>For local use, by one thread: it knows one job and one number. On Kubernetes the operator's
 * autoscaler looks at each vertex.
 */
public final class LocalAutoscaler {

  private final AutoscalerSettings settings;
  private final Stabilisation stabilisation;
  private final ArrivalRate arrivals = new ArrivalRate();
  private DrainRate drain = new DrainRate();
  private double perSubtask = Double.NaN;
  private int lastParallelism;
  private long lastChange;

  public LocalAutoscaler(AutoscalerSettings settings) {
    this.settings = settings;
    this.stabilisation =
        new Stabilisation(settings.upStabilisation(), settings.downStabilisation());
  }

  /**
   * Takes a measurement of the job while it runs.
   *
   * @param parallelism what it runs with
   * @param nanos when it was made, from any origin
   * @return what it should run with; {@code parallelism} to leave it alone
   */
  public int wanted(QueueReading queue, int parallelism, long nanos) {
    if (parallelism != lastParallelism) {
      changed(parallelism, nanos);
    }
    arrivals.observe(queue.accepted(), nanos);
    drain.observe(queue, nanos);
    drain.perSecond().ifPresent(rate -> perSubtask = rate / parallelism);
    stabilisation.add(recommended(queue.depth(), parallelism), nanos);
    if (nanos - lastChange < settings.coolDown().toNanos()) {
      return parallelism;
    }
    return bounded(stabilisation.settled(parallelism, nanos));
  }

  /** The job does not run: what was wanted before says nothing of what it will need. */
  public void interrupted() {
    stabilisation.clear();
  }

  private void changed(int parallelism, long nanos) {
    lastParallelism = parallelism;
    lastChange = nanos;
    drain = new DrainRate();
    stabilisation.clear();
  }

  private int recommended(long depth, int parallelism) {
    if (Double.isNaN(perSubtask) || arrivals.perSecond().isEmpty()) {
      return bounded(parallelism);
    }
    double rate = arrivals.perSecond().getAsDouble();
    double tolerated = perSubtask * parallelism * settings.toleratedWait().toMillis() / 1e3;
    double late = Math.max(0, depth - tolerated);
    double needed = rate + late * 1e3 / settings.catchUp().toMillis();
    int wanted = bounded((int) Math.ceil(needed / (perSubtask * settings.utilisation())));
    return late > 0 ? Math.max(wanted, bounded(parallelism)) : Math.min(wanted, parallelism);
  }

  private int bounded(int subtasks) {
    return Math.min(settings.max(), Math.max(settings.min(), subtasks));
  }

  /** Jobs a second that a subtask finished when it had enough to do; NaN before there was such. */
  public double perSubtask() {
    return perSubtask;
  }
}
