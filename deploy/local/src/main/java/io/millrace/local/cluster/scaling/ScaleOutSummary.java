package io.millrace.local.cluster.scaling;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;

/**
 * Throughput by task managers; as JSON, keys are in snake case.
 *
 * @param model what answered: a stand-in that waits
 * @param callMillis how long each of its calls does
 * @param onePerSecond of one task manager, run by run; likewise two
 * @param ratio the median of the ratios of runs that followed each other
 * @param loadAverage of the machine at the end; negative when it is not known
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ScaleOutSummary(
    String model,
    int callMillis,
    int requests,
    List<Double> onePerSecond,
    List<Double> twoPerSecond,
    List<Double> ratios,
    double ratio,
    double loadAverage) {

  static ScaleOutSummary of(int requests, List<Double> one, List<Double> two, double loadAverage) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      ratios.add(two.get(i) / one.get(i));
    }
    return new ScaleOutSummary(
        RemoteModel.VERSION.toString(),
        RemoteModel.CALL_MILLIS,
        requests,
        one,
        two,
        ratios,
        median(ratios),
        loadAverage);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
