package io.millrace.local.bench.stream;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.frame.BenchContext.InstalledModel;
import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.DeploymentTerms;
import io.millrace.local.stack.JobStack;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.stack.StartDisplay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole stack of its own for each run: broker, Redis, Flink with the jobs, and the API. */
public final class BenchStack {

  private final BenchContext context;
  private final InstalledModel model;
  private final Map<String, DeploymentTerms> terms;
  private final Map<String, String> settings;

  private BenchStack(
      BenchContext context,
      InstalledModel model,
      Map<String, DeploymentTerms> terms,
      Map<String, String> settings) {
    this.context = context;
    this.model = model;
    this.terms = terms;
    this.settings = settings;
  }

  /** With everything on, as it is deployed. */
  public static BenchStack of(BenchContext context, InstalledModel model) {
    return new BenchStack(context, model, Map.of(), Map.of());
  }

  /** The same without a result cache. */
  public BenchStack withoutCache() {
    return new BenchStack(
        context,
        model,
        Map.of(model.version().model(), new DeploymentTerms(null, Duration.ZERO)),
        settings);
  }

  /**
   * The same with a setting of the inference job.
   *
   * @param key as a variable of the environment, without the prefix
   */
  public BenchStack with(String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(ConfigLoader.ENVIRONMENT_PREFIX + key, value);
    return new BenchStack(context, model, terms, more);
  }

  /** What is done with a running stack. */
  public interface Use<S, T> {
    T apply(S stack) throws Exception;
  }

  /** Starts it with nothing in it, uses it and stops it. */
  public <T> T use(Use<LocalStack, T> use) throws Exception {
    try (Shutdown parts = context.shutdown().nested("the stack")) {
      DataDirectory data = data(parts);
      LocalStack stack;
      try (StartDisplay display = new StartDisplay(context.terminal())) {
        stack = LocalStack.start(options(), data, display, parts);
      }
      return use.apply(stack);
    }
  }

  /** Starts broker, Redis and the inference job alone, uses them and stops them. */
  public <T> T useJob(Use<JobStack, T> use) throws Exception {
    try (Shutdown parts = context.shutdown().nested("the job")) {
      return use.apply(JobStack.start(options(), data(parts), parts));
    }
  }

  /** Starts broker and Redis alone, uses them and stops them. */
  public <T> T useWithoutJob(Use<JobStack, T> use) throws Exception {
    try (Shutdown parts = context.shutdown().nested("the broker")) {
      return use.apply(JobStack.withoutJob(options(), data(parts), parts));
    }
  }

  private DataDirectory data(Shutdown parts) {
    DataDirectory data =
        parts.add("the data directory", DataDirectory.claim(context.directory("stack")));
    data.clear();
    return data;
  }

  private StackOptions options() {
    return new StackOptions(
        0,
        0,
        model.repository(),
        List.of(model.version().model() + "@" + model.version().version()),
        terms,
        settings,
        null);
  }
}
