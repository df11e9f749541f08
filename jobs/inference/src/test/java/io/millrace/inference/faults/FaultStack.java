package io.millrace.inference.faults;

import io.millrace.cache.RedisConfig;
import io.millrace.cache.RedisResultCache;
import io.millrace.cache.ResultCache;
import io.millrace.embedded.EmbeddedRedis;
import io.millrace.inference.Commands;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.models.ModelVersion;
import io.millrace.models.faulty.Faults;
import io.millrace.models.faulty.FaultyPackages;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.training.SampleModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.io.FileUtils;

/** What jobs with faults need: a real Redis, and a repository with a real model. */
final class FaultStack implements AutoCloseable {

  /** The model that never goes wrong. */
  static final ModelVersion SOUND = new ModelVersion(Commands.MODEL, "1.0.0");

  /** No faults but those that texts ask for. */
  static final Faults FAULTS = Faults.of(OnnxRuntimeEngine.NAME);

  private final Path directory;
  private final Path repository;
  private final EmbeddedRedis redis;
  private int packages;
  private int files;

  private FaultStack(Path directory, EmbeddedRedis redis) {
    this.directory = directory;
    this.repository = directory.resolve("models");
    this.redis = redis;
  }

  static FaultStack open() throws Exception {
    Path directory = Files.createTempDirectory("millrace-faults");
    SampleModel.installSmall(directory.resolve("models"), SOUND);
    return new FaultStack(directory, EmbeddedRedis.start(directory.resolve("redis"), 0));
  }

  /** Adds a version of the model with faults. */
  ModelVersion faulty(Faults faults) throws Exception {
    packages++;
    ModelVersion version = new ModelVersion(Commands.MODEL, "1." + packages + ".0");
    FaultyPackages.wrap(repository, SOUND, version, faults);
    return version;
  }

  /** The path of a file that is not there yet. */
  Path newFile() {
    files++;
    return directory.resolve("switch-" + files);
  }

  /**
   * A configuration for a job of its own.
   *
   * @param changes variables by name, without what all have in common
   */
  InferenceConfig config(Map<String, String> changes) {
    Map<String, String> variables = new HashMap<>();
    put(variables, "REDIS_URI", redis.uri());
    put(variables, "MODELS_REPOSITORY", repository.toString());
    put(variables, "CHECKPOINTS_DIRECTORY", directory.resolve("checkpoints").toUri().toString());
    put(variables, "CHECKPOINTS_INTERVAL", "100ms");
    put(variables, "RESTART_INITIAL_BACKOFF", "10ms");
    changes.forEach((name, value) -> put(variables, name, value));
    return ConfigLoader.load(null, variables);
  }

  private static void put(Map<String, String> variables, String name, String value) {
    variables.put("MILLRACE_INFERENCE_" + name, value);
  }

  /** The cache that the jobs use. */
  ResultCache openCache() {
    return RedisResultCache.open(RedisConfig.of(redis.uri()), 0);
  }

  @Override
  public void close() throws IOException {
    redis.close();
    FileUtils.deleteDirectory(directory.toFile());
  }
}
