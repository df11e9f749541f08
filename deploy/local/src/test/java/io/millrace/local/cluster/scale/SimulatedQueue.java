package io.millrace.local.cluster.scale;

import io.millrace.ingress.backpressure.QueueReading;
import java.util.ArrayList;
import java.util.List;

/** A queue and a job behind it, in steps of a second, with an autoscaler that looks each second. */
final class SimulatedQueue {

  private static final long SECOND = 1_000_000_000L;

  private final LocalAutoscaler autoscaler;
  private final double perSubtask;

  /** How long a job stands still after it was rescaled. */
  private final int pause;

  private final List<Integer> changes = new ArrayList<>();
  private double accepted;
  private double finished;
  private int parallelism;
  private int second;
  private int standsStillUntil;

  SimulatedQueue(AutoscalerSettings settings, int parallelism, double perSubtask, int pause) {
    this.autoscaler = new LocalAutoscaler(settings);
    this.parallelism = parallelism;
    this.perSubtask = perSubtask;
    this.pause = pause;
  }

  /** So many jobs a second come for a while. */
  SimulatedQueue load(double perSecond, int seconds) {
    for (int i = 0; i < seconds; i++) {
      second++;
      accepted += perSecond;
      if (second <= standsStillUntil) {
        autoscaler.interrupted();
        continue;
      }
      finished = Math.min(accepted, finished + perSubtask * parallelism);
      int wanted =
          autoscaler.wanted(
              new QueueReading(Math.round(accepted), Math.round(finished), true),
              parallelism,
              second * SECOND);
      if (wanted != parallelism) {
        parallelism = wanted;
        standsStillUntil = second + pause;
        changes.add(second);
      }
    }
    return this;
  }

  /** The job stands still for a while, as when a task manager is lost. */
  SimulatedQueue outage(double perSecond, int seconds) {
    standsStillUntil = second + seconds;
    return load(perSecond, seconds);
  }

  int parallelism() {
    return parallelism;
  }

  /** The seconds at which it was rescaled. */
  List<Integer> changes() {
    return changes;
  }

  int now() {
    return second;
  }

  double depth() {
    return accepted - finished;
  }
}
