package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.terminal.Terminal;
import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.TextSignature;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MillraceCommandTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "'--help', 'demo'",
    "'up --help', '--flink-port'",
    "'keys --help', 'revoke'",
    "'keys create --help', '--expires'",
    "'keys list --help', '--file'",
    "'keys revoke --help', 'ID'",
    "'demo --help', '--keep-running'",
    "'demo rollout --help', 'shuffled labels'",
    "'demo hot-swap --help', '--swaps'",
    "'deployments --help', 'set'",
    "'deployments set --help', '--shadow-share'",
    "'deployments show --help', 'MODEL'",
    "'rollouts --help', 'abort'",
    "'rollouts start --help', '--override-evaluation'",
    "'rollouts show --help', '--follow'",
    "'rollouts abort --help', 'Takes the candidate back'",
    "'models --help', 'verify'",
    "'models train --help', '--encoder'",
    "'models init --help', '--onnx'",
    "'models list --help', '--repository'",
    "'models show --help', 'VERSION'",
    "'models verify --help', 'checksum'",
    "'evaluate --help', '--production'",
    "'replay --help', '--price-per-hour'",
    "'models push --help', '--registry'",
    "'models pull --help', 'alias such as champion'",
    "'models diff --help', 'BEFORE'",
    "'models alias --help', '--remove'",
    "'chaos --help', 'redis-restart'",
    "'cluster --help', 'down'",
    "'cluster up --help', '--taskmanagers'",
    "'cluster status --help', '--json'",
    "'cluster logs --help', '--follow'",
    "'cluster kill --help', '--index'",
    "'cluster down --help', '--clear'",
    "'dead-letters --help', 'replay'",
    "'dead-letters list --help', '--since'",
    "'dead-letters show --help', '--raw'",
    "'dead-letters replay --help', '--dry-run'"
  })
  void everyCommandHasHelp(String arguments, String mentions) {
    assertThat(run(arguments.split(" "))).isZero();
    assertThat(out.toString()).contains("Usage: millrace").contains(mentions);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'Missing required subcommand'",
    "'fly', 'fly'",
    "'evaluate support-desk 1.1.0 --limit speed=1', 'speed: no such limit, expected one of'",
    "'evaluate support-desk 1.1.0 --limit min-agreement=90', 'expected 0.0 to 1.0, found 90.0'",
    "'replay support-desk 1.1.0', '--from'",
    "'replay support-desk 1.1.0 --from later', '--from: expected an age like 30m'",
    "'replay support-desk 1.1.0 --from 1h --to 2h', 'is not before --to'",
    "'demo --requests many', 'many'",
    "'demo --requests 0', 'expected 1 to 10000000, found 0'",
    "'demo --duplicates 1.5', 'expected a share of 0 to 1, found 1.5'",
    "'demo --rate 5 --concurrency 5', 'mutually exclusive'",
    "'models show', 'MODEL'",
    "'models init --name a --version 1.0.0', '--onnx'",
    "'models init --onnx a.onnx --name a --version one', 'Not a model version'",
    "'models init --onnx a.onnx --name a --version 1.0.0 --max-batch-size 0', 'expected 1 or more, found 0'",
    "'models pull support-desk', 'VERSION'",
    "'models diff support-desk 1.0.0', 'AFTER'",
    "'models alias', 'MODEL'",
    "'keys create', '--tenant'",
    "'keys create --tenant Acme', '--tenant: expected 1 to 64 lower-case letters'",
    "'keys create --tenant acme --scopes all', '--scopes: expected some of submit, read, operate'",
    "'keys create --tenant acme --expires soon', '--expires: expected a while like 12h or 90d'",
    "'keys create --tenant acme --expires 2020-01-01T00:00:00Z', 'a time to come'",
    "'dead-letters list --reason ODD', 'FINGERPRINT_MISMATCH'",
    "'dead-letters list --since yesterday', 'expected an age like 30m'",
    "'dead-letters list --limit 0', 'expected 1 or more, found 0'",
    "'cluster up --taskmanagers 1 --slots 1', 'Expected at least 2 slots'",
    "'cluster up --apis 0', 'expected 1 or more, found 0'",
    "'cluster kill kubelet', 'expected one of broker, redis'",
    "'chaos flood', 'poison, hang, nan, oom, breaker, fallback, crash, broker-restart'",
    "'chaos poison --requests 5', 'expected 100 to 1000000, found 5'",
    "'dead-letters show 17', 'expected an id like 0:17'",
    "'dead-letters replay', 'Expected ids, or --all'",
    "'dead-letters replay --all 0:1', 'Expected ids, or --all'",
    "'dead-letters replay 0:1 --reason MALFORMED', 'Expected ids, or --all'"
  })
  void aWrongCommandLineIsExitCodeTwo(String arguments, String says) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(says);
  }

  @Test
  void aFailedRunIsExitCodeOneWithoutAStackTrace() {
    int code = run("models", "show", "absent", "--repository", directory.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("millrace: There is no model 'absent' in " + directory)
        .doesNotContain("\tat ");
  }

  @Test
  void verboseShowsTheStackTrace() {
    run("models", "show", "absent", "--verbose", "--repository", directory.toString());

    assertThat(err.toString()).contains("\tat io.millrace.local");
  }

  @Test
  void anEmptyRepositoryHasNoModels() {
    assertThat(run("models", "list", "--repository", directory.toString())).isZero();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .startsWith("There are no models in " + directory);
  }

  /** {@code negate.onnx} is one Neg of x, FP32 [batch, 2]. */
  @Test
  void aPackageIsMadeOfAnOnnxFile() throws Exception {
    // Given
    Path file = Path.of(getClass().getResource("/negate.onnx").toURI());
    String command =
        "models init --onnx %s --name negate --version 1.0.0 --max-batch-size 4 --data-dir %s"
            .formatted(file, directory);

    // When
    int made = run(command.split(" "));
    int again = run(command.split(" "));

    // Then
    assertThat(made).as(err.toString()).isZero();
    assertThat(written.toString(StandardCharsets.UTF_8))
        .containsPattern("inputs +x FP32\\[-1, 2]")
        .containsPattern("outputs +y FP32\\[-1, 2]")
        .containsPattern("batches +at most 4 rows")
        .contains("./millrace up --model negate")
        .contains("./millrace deployments set negate --version 1.0.0");
    assertThat(directory.resolve("models/negate/1.0.0/model.onnx")).hasSameBinaryContentAs(file);
    assertThat(again).isEqualTo(1);
    assertThat(err.toString()).contains("negate/1.0.0 is in ").contains("packages are immutable");
  }

  @Test
  void whatIsNoOnnxFileMakesNoPackage() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("text.onnx"), "no model at all");
    String options = " --name text --version 1.0.0 --data-dir " + directory;

    // When
    int garbage = run(("models init --onnx " + file + options).split(" "));
    int absent = run(("models init --onnx /no/such.onnx" + options).split(" "));

    // Then
    assertThat(List.of(garbage, absent)).containsOnly(1);
    assertThat(err.toString())
        .contains("millrace: text.onnx cannot be loaded on device cpu")
        .contains("millrace: There is no file /no/such.onnx")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "'models push support-desk', 'Expected --registry URI'",
    "'models pull desk 1.0.0 --registry nowhere://bucket', 'Cannot open the registry nowhere://'",
    "'models pull desk champion --registry file:/no/such/place', 'has no alias ''champion'''",
    "'models alias desk champion 1.0.0', 'There is no desk/1.0.0'",
    "'models alias desk 2.0.0 1.0.0', 'Not an alias'",
    "'models diff desk 1.0.0 1.1.0', 'desk/1.0.0: no package'"
  })
  void whatTheRegistryRefusesIsSaid(String arguments, String says) {
    int code = run((arguments + " --repository " + directory).split(" "));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains(says).doesNotContain("\tat ");
  }

  @Test
  void aPackageIsPushedNamedComparedAndPulled() throws IOException {
    // Given
    String repository = writePackage("desk", "1.0.0").toString();
    var unused = writePackage("desk", "1.1.0");
    String registry = directory.resolve("registry").toUri().toString();
    String pulled = directory.resolve("pulled").toString();

    // When
    assertThat(
            Stream.of(
                    "push desk 1.0.0 --registry " + registry + " --repository " + repository,
                    "push desk 1.1.0 --registry " + registry + " --repository " + repository,
                    "alias desk champion 1.1.0 --registry " + registry,
                    "pull desk champion --registry " + registry + " --repository " + pulled,
                    "diff desk 1.0.0 champion --registry " + registry)
                .map(command -> run(("models " + command).split(" "))))
        .as(err.toString())
        .containsOnly(0);

    // Then
    assertThat(Path.of(pulled, "desk", "1.1.0", "encoder.onnx")).hasContent("weights of 1.1.0");
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("Pushed desk/1.0.0 to ", "Pulled desk/1.1.0 to ")
        .contains("version: 1.0.0 -> 1.1.0", "file encoder.onnx: 16 bytes");

    // When
    int again =
        run("models", "push", "desk", "1.0.0", "--registry", registry, "--repository", repository);

    // Then
    assertThat(again).isEqualTo(1);
    assertThat(err.toString()).contains("packages are immutable");
  }

  private Path writePackage(String model, String version) throws IOException {
    Path repository = directory.resolve("repository");
    ModelVersion id = new ModelVersion(model, version);
    TextSignature signature = TextSignature.embedding(4);
    try (PackageDraft draft = new ModelPackageWriter(repository).draft(id, IfPresent.REFUSE)) {
      Files.writeString(draft.file("encoder.onnx"), "weights of " + version);
      var unused =
          draft.publish(
              new ModelManifest(
                  model,
                  version,
                  Task.TEXT_EMBEDDING,
                  "OnnxRuntime",
                  "cpu",
                  signature.inputs(),
                  signature.outputs(),
                  new TextOptions(16),
                  new BatchingHints(4, 64, List.of(16)),
                  List.of(),
                  Map.of(),
                  null,
                  null));
    }
    return repository;
  }

  @Test
  void withoutAStackItIsSaidHowToStartOne() {
    int code = run("dead-letters", "list", "--data-dir", directory.toString());

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .contains("No stack runs on the data directory " + directory)
        .contains("millrace up")
        .contains("--kafka");
  }

  @Test
  void keysAreMadeListedAndRevoked() throws IOException {
    // When
    String file = directory.resolve("new/keys.yaml").toString();
    int created = run("keys", "create", "--tenant", "acme", "--expires", "90d", "--file", file);

    // Then
    assertThat(created).isZero();
    String key = written.toString(StandardCharsets.UTF_8).strip();
    assertThat(key).matches("mr_[0-9a-z]{12}_[A-Za-z0-9_-]{43}");
    String id = key.substring(3, 15);
    assertThat(err.toString()).contains(id).doesNotContain(key);
    assertThat(Files.readString(Path.of(file))).contains(id).doesNotContain(key.substring(16));

    // When
    written.reset();
    run("keys", "list", "--file", file);

    // Then
    assertThat(written.toString(StandardCharsets.UTF_8))
        .contains("id", "expires")
        .contains(id + "  acme    submit,read  ");

    // When
    int revoked = run("keys", "revoke", id, "--file", file);
    int again = run("keys", "revoke", key, "--file", file);

    // Then
    assertThat(revoked).isZero();
    assertThat(again).isEqualTo(1);
    assertThat(err.toString()).contains("There is no key of this id").doesNotContain(key);
    written.reset();
    run("keys", "list", "--file", file);
    assertThat(written.toString(StandardCharsets.UTF_8)).startsWith("There are no keys in " + file);
  }

  @Test
  void aKeysFileThatIsNotValidIsLeftAlone() throws IOException {
    // Given
    Path file = Files.writeString(directory.resolve("keys.yaml"), "keys: [");

    // When
    int code = run("keys", "create", "--tenant", "acme", "--file", file.toString());

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("The keys file " + file + ": no valid YAML");
    assertThat(Files.readString(file)).isEqualTo("keys: [");
    assertThat(written.size()).isZero();
  }

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), 0, false);
    CommandLine line = MillraceCommand.commandLine(terminal);
    return line.setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
