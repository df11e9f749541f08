package io.millrace.local.operate;

import io.millrace.local.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace rollouts pause|resume|promote|abort}. */
@Command(sortOptions = false)
final class RolloutActionCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the decision log.")
  private @Nullable String reason;

  @Mixin private ApiOptions api = new ApiOptions();

  private final RolloutAction action;
  private final Terminal terminal;

  RolloutActionCommand(RolloutAction action, Terminal terminal) {
    this.action = action;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    RolloutView.lines(api.client().ask(model, action.id(), reason), terminal)
        .forEach(terminal::line);
    return 0;
  }
}
