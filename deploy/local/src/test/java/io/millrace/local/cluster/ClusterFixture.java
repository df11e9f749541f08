package io.millrace.local.cluster;

import io.millrace.local.stack.StartListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Small real clusters for tests. */
public final class ClusterFixture {

  private ClusterFixture() {}

  /** What {@code deploy/docker}, which Maven builds before this module, has laid out. */
  public static ClusterArtifacts artifacts() {
    return Stream.of(Path.of("../docker/target"), Path.of("deploy/docker/target"))
        .map(path -> path.toAbsolutePath().normalize())
        .filter(Files::isDirectory)
        .findFirst()
        .map(ClusterArtifacts::new)
        .orElseThrow(() -> new IllegalStateException("deploy/docker was not built"));
  }

  /** A working task manager of two slots, one spare, one API. */
  public static ClusterOptions small(Path directory, Path repository, String... models) {
    return ClusterOptions.of(directory, repository, List.of(models))
        .withTaskManagers(1, 1, 2)
        .withApis(1);
  }

  public static LocalCluster start(ClusterOptions options) throws Exception {
    return LocalCluster.start(options, artifacts(), new Silent());
  }

  private static final class Silent implements StartListener {
    @Override
    public void starting(String part) {}

    @Override
    public void started(String part, Duration took) {}

    @Override
    public void progress(String what, double fraction) {}
  }
}
