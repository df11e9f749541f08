package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code millrace.access.*}: who may call.
 *
 * @param keysFile the file of the API keys; {@code none} for no keys, on the loopback interface
 *     only
 * @param openMetrics whether {@code /metrics} needs no key
 */
@ConfigurationProperties("millrace.access")
public record AccessSettings(
    @Bindable(defaultValue = "none") String keysFile,
    @Bindable(defaultValue = "false") boolean openMetrics) {

  static final String KEYS_FILE = "millrace.access.keys-file";

  private static final String NONE = "none";

  /**
   * @throws IllegalArgumentException when the name of the file is empty
   */
  public AccessSettings {
    Settings.present(KEYS_FILE, keysFile, "the file of the API keys, or " + NONE);
  }

  /** The file of the API keys; empty when there are none. */
  public Optional<Path> keys() {
    return keysFile.equals(NONE) ? Optional.empty() : Optional.of(Path.of(keysFile));
  }
}
