package io.millrace.local.operate;

import io.millrace.local.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace deployments show}. */
@Command(name = "show", description = "Shows the deployment of a model.")
final class ShowDeploymentCommand implements Callable<Integer> {

  @Parameters(paramLabel = "MODEL", description = "The model's name.")
  private String model = "";

  @Mixin private ApiOptions api = new ApiOptions();

  private final Terminal terminal;

  ShowDeploymentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    DeploymentView.lines(api.client().deployment(model).body()).forEach(terminal::line);
    return 0;
  }
}
