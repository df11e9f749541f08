package io.millrace.inference.config;

import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.ConfigReader;
import io.millrace.jobs.config.JobArguments;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the configuration: the defaults, over them a YAML file, over that the environment. */
public final class ConfigLoader {

  /** What the names of environment variables start with. */
  public static final String ENVIRONMENT_PREFIX = "MILLRACE_INFERENCE_";

  private static final ConfigReader<InferenceConfig> READER =
      new ConfigReader<>(InferenceConfig.class, ENVIRONMENT_PREFIX);

  private ConfigLoader() {}

  /**
   * Loads and checks.
   *
   * @param file YAML with the keys that differ from the defaults; null for none
   * @param environment variables; those with another prefix are left alone
   * @throws ConfigException names the key and what was expected of it
   */
  public static InferenceConfig load(@Nullable Path file, Map<String, String> environment) {
    return READER.load(file, environment);
  }

  /**
   * Loads and checks what a command line asks for.
   *
   * @param environment variables; those with another prefix are left alone
   * @throws ConfigException names the key and what was expected of it
   */
  public static InferenceConfig forArguments(
      JobArguments arguments, Map<String, String> environment) {
    return READER.load(arguments.file(), environment, arguments.settings());
  }
}
