package io.millrace.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobArgumentsTest {

  @Test
  void takesAFileAndSettings() {
    JobArguments arguments =
        JobArguments.parse(
            "--config", "job.yaml", "--set", "a.b=1", "--set=redis.uri=redis://h?x=y", "--set=c=");

    assertThat(arguments.file()).isEqualTo(Path.of("job.yaml"));
    assertThat(arguments.settings())
        .containsExactly(entry("a.b", "1"), entry("redis.uri", "redis://h?x=y"), entry("c", ""));
    assertThat(arguments.help()).isFalse();
  }

  @Test
  void needsNothing() {
    assertThat(JobArguments.parse().file()).isNull();
    assertThat(JobArguments.parse("-h").help()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--config          | --config: expected a YAML file after it",
        "--config=         | --config: expected a YAML file after it",
        "--set             | --set: expected key=value after it",
        "--set=key         | --set: expected key=value, found key",
        "--set==value      | --set: expected key=value, found =value",
        "--sett=a=b        | --sett: unknown argument, expected --config FILE, --set key=value or",
        "job.yaml          | job.yaml: unknown argument, expected --config FILE",
        "--help=yes        | --help: unknown argument"
      })
  void saysWhatWasExpected(String argument, String message) {
    assertThatThrownBy(() -> JobArguments.parse(argument))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }
}
