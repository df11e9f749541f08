package io.millrace.local.deadletters;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace dead-letters show}. */
@Command(name = "show", description = "Shows all of a dead letter.", sortOptions = false)
final class ShowCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      description = "As 'dead-letters list' shows it, like 0:17.",
      converter = DeadLetterId.Converter.class)
  private DeadLetterId id = new DeadLetterId(0, 0);

  @Option(
      names = "--raw",
      paramLabel = "FILE",
      description = "Also write the bytes of the original value here.")
  private @Nullable Path raw;

  @Mixin private BrokerOptions broker = new BrokerOptions();

  private final Terminal terminal;

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StoredLetter letter;
    try (DeadLetters letters = DeadLetters.open(broker.cluster())) {
      letter = letters.find(id);
    }
    LetterView.lines(letter).forEach(terminal::line);
    if (raw != null) {
      write(letter, raw);
    }
    return 0;
  }

  private void write(StoredLetter letter, Path file) {
    byte[] value = letter.value();
    try {
      Files.write(file, value == null ? new byte[0] : value);
    } catch (IOException e) {
      throw new CommandFailedException("Cannot write " + file + ": " + e.getMessage(), e);
    }
    terminal.line();
    terminal.line("%,d bytes written to %s".formatted(letter.size(), file));
  }
}
