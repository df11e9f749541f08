package io.millrace.jobs;

import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.JobArguments;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the mains of the streaming jobs have in common: reading the command line, and help. */
public final class JobMain {

  private JobMain() {}

  /** Starts the job that a command line asks for. */
  public interface Job {

    void start(JobArguments arguments) throws Exception;
  }

  /**
   * Runs the job, or prints how that is done.
   *
   * @param jar the file that the job is submitted in
   * @param environmentPrefix what the names of the job's environment variables start with
   * @throws ConfigException names the argument or key and what was expected of it
   */
  public static void run(String[] arguments, String jar, String environmentPrefix, Job job)
      throws Exception {
    JobArguments parsed = JobArguments.parse(arguments);
    if (parsed.help()) {
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
          .print(help(jar, environmentPrefix));
      return;
    }
    job.start(parsed);
  }

  static String help(String jar, String environmentPrefix) {
    return """
        Usage: flink run %1$s [--config FILE] [--set key=value]...

          --config FILE      YAML with the keys that differ from the defaults
          --set key=value    sets one key; can be given many times
          --help             shows this

        The defaults are below the file, over that are variables of the environment
        (%2$sKAFKA_BOOTSTRAP_SERVERS for kafka.bootstrap-servers), over all is --set.
        A setting goes into the command line that Flink keeps and shows: passwords belong
        into files. docs/configuration.md lists all keys.
        """
        .formatted(jar, environmentPrefix);
  }
}
