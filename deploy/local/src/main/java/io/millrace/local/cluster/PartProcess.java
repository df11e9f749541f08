package io.millrace.local.cluster;

/** A process of a part. */
interface PartProcess {

  ProcessIdentity identity();

  /**
   * Waits until it has ended.
   *
   * @return how, for people
   */
  String awaitEnd() throws InterruptedException;
}
