package io.millrace.local.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.client.OperatorClient;
import io.millrace.local.client.OperatorClient.Tagged;
import io.millrace.local.client.RequestFailedException;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace deployments set}. */
@Command(
    name = "set",
    description =
        "Changes the deployment of a model; what is not named stays. A version gets its traffic"
            + " when it is loaded and warm everywhere.",
    sortOptions = false)
final class SetDeploymentCommand implements Callable<Integer> {

  private static final int NOT_FOUND = 404;

  @Parameters(paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Option(
      names = "--version",
      paramLabel = "VERSION",
      description = "Answers in production: a version, or an alias such as champion.")
  private @Nullable String version;

  @ArgGroup(exclusive = false)
  private @Nullable CandidateOptions candidate;

  static final class CandidateOptions {
    @Option(
        names = "--candidate",
        required = true,
        paramLabel = "VERSION",
        description = "A second version; 'none' takes it away.")
    private String version = "";

    @Option(
        names = "--weight",
        paramLabel = "SHARE",
        description = "Share of the requests that it answers, 0 to 1. Default: ${DEFAULT-VALUE}.",
        defaultValue = "0")
    private double weight;

    @Option(
        names = "--shadow-share",
        paramLabel = "SHARE",
        description =
            "Share of the other requests that it answers unseen, 0 to 1. Default:"
                + " ${DEFAULT-VALUE}.",
        defaultValue = "0")
    private double shadowShare;
  }

  @Option(
      names = "--fallback",
      paramLabel = "VERSION",
      description = "Answers when the version in production cannot; 'none' for none.")
  private @Nullable String fallback;

  @Option(
      names = "--cache-ttl",
      paramLabel = "SECONDS",
      description = "How long an answer may be given again; 0 turns the cache off.")
  private @Nullable Long cacheTtlSeconds;

  @Option(
      names = "--call-timeout",
      paramLabel = "DURATION",
      description = "After which a model call is stopped, like PT2.5S.")
  private @Nullable Duration callTimeout;

  @Option(
      names = "--price-per-hour",
      paramLabel = "PRICE",
      description = "What an hour of computing costs.")
  private @Nullable Double pricePerHour;

  @Mixin private ApiOptions api = new ApiOptions();

  private final Terminal terminal;

  SetDeploymentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    OperatorClient client = api.client();
    Tagged before = find(client);
    ObjectNode wanted = before == null ? client.object() : OperatorClient.editable(before);
    change(wanted);
    Tagged after = client.deploy(model, wanted, before == null ? null : before.tag());
    DeploymentView.lines(after.body()).forEach(terminal::line);
    return 0;
  }

  private @Nullable Tagged find(OperatorClient client) throws InterruptedException {
    try {
      return client.deployment(model);
    } catch (RequestFailedException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      if (version == null) {
        throw new CommandFailedException(
            "Model '%s' is not deployed; expected --version for its first deployment"
                .formatted(model),
            e);
      }
      return null;
    }
  }

  private void change(ObjectNode wanted) {
    if (version != null) {
      wanted.put("version", version);
    }
    if (candidate != null) {
      if (candidate.version.equals("none")) {
        wanted.putNull("candidate");
      } else {
        wanted
            .putObject("candidate")
            .put("version", candidate.version)
            .put("weight", candidate.weight)
            .put("shadow_share", candidate.shadowShare);
      }
    }
    if (fallback != null) {
      wanted.put("fallback_version", fallback.equals("none") ? null : fallback);
    }
    if (cacheTtlSeconds != null) {
      wanted.put("cache_ttl_seconds", cacheTtlSeconds);
    }
    if (callTimeout != null) {
      wanted.put("call_timeout_ms", Objects.requireNonNull(callTimeout).toMillis());
    }
    if (pricePerHour != null) {
      wanted.put("price_per_hour", pricePerHour);
    }
  }
}
