package io.millrace.local.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is started with.
 *
 * @param directory its data directory
 * @param repository where the model packages are
 * @param models to deploy, as in {@link io.millrace.local.stack.StackOptions}
 * @param taskManagers those that the jobs are given slots for
 * @param spares more task managers, whose slots stay free for those of lost ones
 * @param slots of each task manager
 * @param apis replicas of the API
 * @param apiPort of the first; the others follow it; 0 for any free ones
 * @param flinkPort of Flink's REST API and web UI; 0 for any free one
 * @param jobSettings of the inference job, by key; they go over those of the cluster
 * @param keys the file of the API keys; null for none
 * @param faulty whether models of {@code connectors/models-faulty} can be loaded
 * @param autoscale whether the inference job begins with one subtask and is rescaled with its queue
 */
public record ClusterOptions(
    Path directory,
    Path repository,
    List<String> models,
    int taskManagers,
    int spares,
    int slots,
    int apis,
    int apiPort,
    int flinkPort,
    Map<String, String> jobSettings,
    @Nullable Path keys,
    boolean faulty,
    boolean autoscale) {

  public ClusterOptions {
    directory = directory.toAbsolutePath().normalize();
    models = List.copyOf(models);
    jobSettings = Map.copyOf(jobSettings);
    if (taskManagers < 1 || slots < 1 || taskManagers * slots < 2) {
      throw new IllegalArgumentException(
          "Expected at least 2 slots, one for each job: found %d task managers of %d slots"
              .formatted(taskManagers, slots));
    }
    if (autoscale && taskManagers * slots < 3) {
      throw new IllegalArgumentException(
          "Expected at least 3 slots for the autoscaler, two of them for the inference job: found %d task managers of %d slots"
              .formatted(taskManagers, slots));
    }
  }

  /** Two task managers of two slots and a spare, two replicas of the API, any free ports. */
  public static ClusterOptions of(Path directory, Path repository, List<String> models) {
    return new ClusterOptions(
        directory, repository, models, 2, 1, 2, 2, 0, 0, Map.of(), null, false, false);
  }

  public ClusterOptions withTaskManagers(int number, int spareOnes, int slotsOfEach) {
    return new ClusterOptions(
        directory,
        repository,
        models,
        number,
        spareOnes,
        slotsOfEach,
        apis,
        apiPort,
        flinkPort,
        jobSettings,
        keys,
        faulty,
        autoscale);
  }

  public ClusterOptions withApis(int number) {
    return new ClusterOptions(
        directory,
        repository,
        models,
        taskManagers,
        spares,
        slots,
        number,
        apiPort,
        flinkPort,
        jobSettings,
        keys,
        faulty,
        autoscale);
  }

  public ClusterOptions withJobSettings(Map<String, String> settings) {
    return new ClusterOptions(
        directory,
        repository,
        models,
        taskManagers,
        spares,
        slots,
        apis,
        apiPort,
        flinkPort,
        settings,
        keys,
        faulty,
        autoscale);
  }

  /** With the local autoscaler. */
  public ClusterOptions withAutoscaler() {
    return new ClusterOptions(
        directory,
        repository,
        models,
        taskManagers,
        spares,
        slots,
        apis,
        apiPort,
        flinkPort,
        jobSettings,
        keys,
        faulty,
        true);
  }

  /** With the models that stand in for others, which chaos and the benchmarks use. */
  public ClusterOptions withFaultyModels() {
    return new ClusterOptions(
        directory,
        repository,
        models,
        taskManagers,
        spares,
        slots,
        apis,
        apiPort,
        flinkPort,
        jobSettings,
        keys,
        true,
        autoscale);
  }

  /** Slots of the inference job: all but that of the webhooks job. */
  int inferenceSlots() {
    return taskManagers * slots - 1;
  }
}
