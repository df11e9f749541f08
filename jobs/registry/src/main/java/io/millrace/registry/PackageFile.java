package io.millrace.registry;

/**
 * A file of a package.
 *
 * @param name its path inside the package
 * @param bytes its size
 * @param sha256 its checksum in lower-case hex
 */
public record PackageFile(String name, long bytes, String sha256) {}
