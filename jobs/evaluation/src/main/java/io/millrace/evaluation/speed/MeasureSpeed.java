package io.millrace.evaluation.speed;

import io.millrace.evaluation.ask.Models;
import io.millrace.evaluation.ask.Question;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.SharedModelRuntime;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Measures the speed of two versions where the models run: on a task manager. */
public final class MeasureSpeed extends ProcessFunction<MeasureSpeed.Questions, SpeedComparison> {

  private static final long serialVersionUID = 1L;

  private final Models models;
  private final String model;
  private final String production;
  private final String candidate;
  private final SpeedPlan plan;
  private transient SharedModelRuntime.Lease lease;

  /** What is asked, in one element. */
  public record Questions(List<Question> list) {}

  public MeasureSpeed(
      Models models, String model, String production, String candidate, SpeedPlan plan) {
    this.models = models;
    this.model = model;
    this.production = production;
    this.candidate = candidate;
    this.plan = plan;
  }

  @Override
  public void open(OpenContext context) {
    lease = models.acquire();
  }

  @Override
  public void processElement(Questions questions, Context context, Collector<SpeedComparison> out)
      throws Exception {
    out.collect(
        new SpeedTest(plan, new ArrayList<>(questions.list()), System::nanoTime)
            .run(
                lease.runtime().load(new ModelVersion(model, production)).get(),
                lease.runtime().load(new ModelVersion(model, candidate)).get()));
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
    }
  }
}
