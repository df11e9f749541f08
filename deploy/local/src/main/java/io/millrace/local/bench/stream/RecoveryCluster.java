package io.millrace.local.bench.stream;

import io.millrace.local.bench.frame.BenchContext;

/** A cluster of processes whose task managers can be killed. */
public interface RecoveryCluster extends AutoCloseable {

  /** Starts one with nothing in it, and the sample model deployed. */
  interface Starter {
    RecoveryCluster start(BenchContext context, BenchContext.InstalledModel model) throws Exception;
  }

  /** Bootstrap servers. */
  String kafka();

  /** Kills a task manager that works, as {@code kill -9} does. */
  void killTaskManager() throws Exception;

  @Override
  void close() throws Exception;
}
