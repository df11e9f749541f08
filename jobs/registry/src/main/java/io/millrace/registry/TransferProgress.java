package io.millrace.registry;

/** Is told how far the bytes of a package are. */
@FunctionalInterface
public interface TransferProgress {

  /** For whoever does not look. */
  TransferProgress NONE = (file, done, total) -> {};

  /**
   * Some bytes were moved.
   *
   * @param file the file under way, by its path inside the package
   * @param done bytes of the package so far
   * @param total bytes of the package
   */
  void at(String file, long done, long total);
}
