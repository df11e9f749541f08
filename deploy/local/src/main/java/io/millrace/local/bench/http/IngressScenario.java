package io.millrace.local.bench.http;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.frame.Scenario;
import io.millrace.local.bench.frame.Side;
import io.millrace.local.bench.frame.Target;
import io.millrace.local.bench.stream.BenchStack;
import io.millrace.local.stack.JobStack;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** {@code ingress}. */
public final class IngressScenario implements Scenario {

  /** Requests, or records, under way. */
  private static final int CONNECTIONS = 64;

  private static final int SECONDS = 10;

  /** Compiling takes as much of the processors as serving, for about that long. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private static final String RATE = "per_second";
  private static final String CPU = "cpu_micros";

  @Override
  public String name() {
    return "ingress";
  }

  @Override
  public String about() {
    return "Requests that the API accepts, in a process of its own, from 64 connections, against a"
        + " process that only writes the same record with the same acknowledgement and as many under"
        + " way: how many a second, and processor time for each.";
  }

  @Override
  public List<Target> targets() {
    return List.of(Target.atMost("api." + CPU, 60), Target.atLeast("throughput_ratio", 0.4));
  }

  @Override
  public List<Side> sides(BenchContext context) throws Exception {
    InstalledModel model = context.int8();
    String text = context.texts().get(0);
    Duration length = context.options().duration(SECONDS);
    Path directory = Files.createDirectories(context.directory("ingress"));
    BenchStack stack = BenchStack.of(context, model);
    return List.of(
        new Side(
            "api", () -> stack.useWithoutJob(parts -> api(parts, model, text, length, directory))),
        new Side(
            "producer",
            () -> stack.useWithoutJob(parts -> producer(parts, model, text, length, directory))));
  }

  private static Figures api(
      JobStack stack, InstalledModel model, String text, Duration length, Path directory)
      throws IOException, InterruptedException {
    byte[] body = TextBody.of("text", text);
    try (ApiProcess api = ApiProcess.start(stack, directory)) {
      URI submissions = api.uri().resolve("/v1/models/" + model.version().model() + "/jobs");
      api.awaitAccepting(submissions, body);
      try (HttpLoad load = HttpLoad.start(submissions, body, CONNECTIONS)) {
        Figures figures = measure(load::accepted, api.process(), length);
        if (load.others() > 0) {
          throw new CommandFailedException(
              "%,d of %,d requests were not accepted"
                  .formatted(load.others(), load.others() + load.accepted()));
        }
        return figures;
      }
    }
  }

  private static Figures producer(
      JobStack stack, InstalledModel model, String text, Duration length, Path directory)
      throws IOException, InterruptedException {
    Path counts = directory.resolve("acknowledged");
    Files.writeString(counts, "0");
    List<String> arguments =
        List.of(
            stack.kafka(),
            Integer.toString(CONNECTIONS),
            Base64.getEncoder().encodeToString(record(model, text)),
            counts.toString());
    Process process =
        ProcessCpu.java(
                List.of("-Dmillrace.log.file=" + directory.resolve("producer.log")),
                ProducerLoop.class.getName(),
                arguments)
            .redirectOutput(directory.resolve("producer.out").toFile())
            .start();
    try {
      return measure(() -> acknowledged(counts), process, length);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** What the API writes for a request with the text. */
  private static byte[] record(InstalledModel model, String text) {
    Submit submit =
        Submit.newBuilder().setInputs(List.of(Tensors.ofStrings("text", List.of(text)))).build();
    return MessageCodec.COMMANDS.encode(
        InferenceCommand.newBuilder()
            .setJobId(UUID.randomUUID().toString())
            .setModel(model.version().model())
            .setFingerprint(Fingerprint.of("default", model.version().model(), submit))
            .setCreatedAt(Instant.EPOCH)
            .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .setCommand(submit)
            .build());
  }

  private static long acknowledged(Path counts) {
    try {
      List<String> lines = Files.readAllLines(counts);
      return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
    } catch (IOException e) {
      throw new IllegalStateException("The count of the producer cannot be read", e);
    }
  }

  private interface Count {
    long now();
  }

  private static Figures measure(Count count, Process process, Duration length)
      throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
    long before = count.now();
    Duration cpuBefore = ProcessCpu.of(process);
    long from = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
    double done = count.now() - before;
    Duration cpu = ProcessCpu.of(process).minus(cpuBefore);
    double seconds = (System.nanoTime() - from) / 1e9;
    return Figures.of(RATE, done / seconds).with(CPU, cpu.toNanos() / 1e3 / done);
  }

  @Override
  public Figures compare(Figures round) {
    return Figures.of("throughput_ratio", round.get("api." + RATE) / round.get("producer." + RATE))
        .with("cpu_ratio", round.get("api." + CPU) / round.get("producer." + CPU));
  }
}
