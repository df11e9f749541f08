package io.millrace.registry;

/** Adds up the bytes of one package's transfer. */
final class ByteCount {

  private final TransferProgress progress;
  private final long total;
  private long done;

  ByteCount(TransferProgress progress, long total) {
    this.progress = progress;
    this.total = total;
  }

  void add(String file, long bytes) {
    done += bytes;
    progress.at(file, done, total);
  }
}
