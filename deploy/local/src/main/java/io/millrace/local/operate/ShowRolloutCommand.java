package io.millrace.local.operate;

import io.millrace.local.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rollouts show}. */
@Command(
    name = "show",
    description = "Shows the rollout of a model, its evidence and its decisions.",
    sortOptions = false)
final class ShowRolloutCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Option(names = "--follow", description = "Follow it until it ends.")
  private boolean follow;

  @Mixin private ApiOptions api = new ApiOptions();

  private final Terminal terminal;

  ShowRolloutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    var client = api.client();
    if (follow) {
      var unused = new RolloutFollower(client, terminal).follow(model, client.rollout(model));
    } else {
      RolloutView.lines(client.rollout(model), terminal).forEach(terminal::line);
    }
    return 0;
  }
}
