package io.millrace.local.cluster;

import io.millrace.embedded.EmbeddedRedis;
import io.millrace.embedded.EmbeddedServerException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.apache.commons.io.FileUtils;

/** Starts real processes. */
final class ProcessLauncher implements PartLauncher {

  /** Exit codes above this one are signals, as shells tell them. */
  private static final int SIGNALS = 128;

  private static final String REDIS_PID_FILE = "redis.pid";

  private final ClusterLayout layout;

  ProcessLauncher(ClusterLayout layout) {
    this.layout = layout;
  }

  @Override
  public PartProcess launch(PartPlan part) throws IOException {
    return part.kind() == PartKind.REDIS ? redis(part) : program(part);
  }

  private PartProcess program(PartPlan part) throws IOException {
    Path temporary = layout.temporary(part.name());
    FileUtils.deleteDirectory(temporary.toFile());
    Files.createDirectories(temporary);
    ProcessBuilder builder =
        new ProcessBuilder(part.command())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(layout.output(part.name()).toFile());
    builder.environment().putAll(part.environment());
    return new Program(builder.start());
  }

  /** Ends what an earlier supervisor left running, which is found by its pid file. */
  private PartProcess redis(PartPlan part) throws IOException {
    String address = part.addresses().getOrDefault("redis", "");
    try {
      EmbeddedRedis redis = EmbeddedRedis.start(layout.redis(), URI.create(address).getPort());
      long pid = Long.parseLong(Files.readString(layout.redis().resolve(REDIS_PID_FILE)).strip());
      return new Redis(
          redis,
          ProcessHandle.of(pid).orElseThrow(() -> new IOException("redis-server ended at once")));
    } catch (EmbeddedServerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  static final class Program implements PartProcess {
    private final Process process;
    private final ProcessIdentity identity;

    Program(Process process) {
      this.process = process;
      identity = ProcessIdentity.of(process.toHandle());
    }

    @Override
    public ProcessIdentity identity() {
      return identity;
    }

    @Override
    public String awaitEnd() throws InterruptedException {
      int code = process.waitFor();
      return code > SIGNALS ? "signal " + (code - SIGNALS) : "exit code " + code;
    }
  }

  private static final class Redis implements PartProcess {
    private final EmbeddedRedis redis;
    private final ProcessHandle process;
    private final ProcessIdentity identity;

    Redis(EmbeddedRedis redis, ProcessHandle process) {
      this.redis = redis;
      this.process = process;
      identity = ProcessIdentity.of(process);
    }

    @Override
    public ProcessIdentity identity() {
      return identity;
    }

    @Override
    public String awaitEnd() throws InterruptedException {
      try {
        ProcessHandle unused = process.onExit().get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("Cannot wait for redis-server", e);
      }
      redis.close();
      return "ended";
    }
  }
}
