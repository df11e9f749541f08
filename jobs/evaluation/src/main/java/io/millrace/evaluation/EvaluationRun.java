package io.millrace.evaluation;

import io.millrace.evaluation.RunProgress.Phase;
import io.millrace.evaluation.ask.AskQuestions;
import io.millrace.evaluation.ask.Classification;
import io.millrace.evaluation.ask.Models;
import io.millrace.evaluation.ask.Question;
import io.millrace.evaluation.ask.Replies;
import io.millrace.evaluation.ask.Reply;
import io.millrace.evaluation.report.EvaluationReport;
import io.millrace.evaluation.report.FailedRows;
import io.millrace.evaluation.report.VersionFacts;
import io.millrace.evaluation.speed.MeasureSpeed;
import io.millrace.evaluation.speed.SpeedComparison;
import io.millrace.models.packages.ModelPackage;
import io.millrace.statistics.evaluation.PairedBootstrap;
import io.millrace.statistics.evaluation.PairedRow;
import io.millrace.statistics.evaluation.ScoredAnswer;
import io.millrace.statistics.evaluation.VersionComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The baseline evaluation, two bounded jobs:
 *
 * <pre>
 * labelled rows ─ ASK (async, both versions) ─ pairs ─▶ comparison ─┐
 * a few of them ─ MEASURE SPEED (each version alone, in turn) ──────┴▶ report
 * </pre>
 */
public final class EvaluationRun {

  private static final long ANSWER_TIMEOUT_MINUTES = 10;
  private static final int CAPACITY = 256;

  /** More would only repeat what is known of the machine by then. */
  private static final int MAX_SPEED_QUESTIONS = 2_000;

  private final Supplier<StreamExecutionEnvironment> environments;
  private final Clock clock;

  /** On the cluster that the program was submitted to, or else in this process. */
  public EvaluationRun(Clock clock) {
    this(BoundedJobs::environment, clock);
  }

  EvaluationRun(Supplier<StreamExecutionEnvironment> environments, Clock clock) {
    this.environments = environments;
    this.clock = clock;
  }

  /**
   * Evaluates.
   *
   * @throws EvaluationException when a version is missing, damaged or no classifier, or answers
   *     nothing at all
   */
  public EvaluationReport run(EvaluationRequest request, RunProgress progress)
      throws EvaluationException {
    Models models = new Models(request.repository().toString());
    ModelPackage production = Classifiers.open(models, request.model(), request.production());
    ModelPackage candidate = Classifiers.open(models, request.model(), request.candidate());
    List<Question> questions = questions(request.data().rows());
    Pairs pairs = new Pairs(request.data(), production, candidate, progress);
    ask(models, request, questions, pairs);
    progress.at(Phase.TIMING, 0, 0);
    SpeedComparison speed = measure(models, request, pairs.answered(questions));
    return report(request, production, candidate, pairs, speed);
  }

  private EvaluationReport report(
      EvaluationRequest request,
      ModelPackage production,
      ModelPackage candidate,
      Pairs pairs,
      SpeedComparison speed) {
    LabelledData data = request.data();
    try {
      return EvaluationReport.of(
          UUID.randomUUID().toString(),
          clock.instant().truncatedTo(ChronoUnit.MILLIS),
          request.model(),
          VersionFacts.of(production),
          VersionFacts.of(candidate),
          new EvaluationReport.Data(data.name(), data.sha256(), data.rows().size()),
          VersionComparison.of(pairs.rows(), PairedBootstrap.DEFAULT),
          pairs.failed(),
          speed,
          request.limits());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the packages' sizes", e);
    }
  }

  private static List<Question> questions(List<LabelledRow> rows) {
    List<Question> questions = new ArrayList<>(rows.size());
    for (LabelledRow row : rows) {
      questions.add(new Question(Integer.toString(questions.size()), row.inputs()));
    }
    return questions;
  }

  private void ask(Models models, EvaluationRequest request, List<Question> questions, Pairs pairs)
      throws EvaluationException {
    var rows =
        environments
            .get()
            .fromData(questions, TypeInformation.of(Question.class))
            .name("labelled rows")
            .uid("labelled-rows");
    var replies =
        AsyncDataStream.unorderedWait(
                rows,
                new AskQuestions(
                    models, request.model(), List.of(request.production(), request.candidate())),
                ANSWER_TIMEOUT_MINUTES,
                TimeUnit.MINUTES,
                CAPACITY)
            .name("ask")
            .uid("ask");
    BoundedJobs.collect(replies, "millrace-evaluation", pairs::add);
    pairs.requireAnswers();
  }

  private SpeedComparison measure(
      Models models, EvaluationRequest request, List<Question> questions)
      throws EvaluationException {
    List<Question> few = questions.subList(0, Math.min(questions.size(), MAX_SPEED_QUESTIONS));
    var asked =
        environments
            .get()
            .fromData(
                List.of(new MeasureSpeed.Questions(few)),
                TypeInformation.of(MeasureSpeed.Questions.class))
            .setParallelism(1)
            .name("questions")
            .uid("questions");
    var speeds =
        asked
            .process(
                new MeasureSpeed(
                    models,
                    request.model(),
                    request.production(),
                    request.candidate(),
                    request.speed()))
            .setParallelism(1)
            .name("measure speed")
            .uid("measure-speed");
    List<SpeedComparison> found = new ArrayList<>();
    BoundedJobs.collect(speeds, "millrace-evaluation-speed", found::add);
    return found.get(0);
  }

  /** Gathers the replies and brings them to the order of the rows, so that runs are repeatable. */
  private static final class Pairs {
    private final LabelledData data;
    private final List<String> productionLabels;
    private final List<String> candidateLabels;
    private final RunProgress progress;
    private final Replies[] replies;
    private int received;

    Pairs(
        LabelledData data, ModelPackage production, ModelPackage candidate, RunProgress progress) {
      this.data = data;
      this.productionLabels = production.manifest().labels();
      this.candidateLabels = candidate.manifest().labels();
      this.progress = progress;
      this.replies = new Replies[data.rows().size()];
    }

    void add(Replies reply) {
      replies[Integer.parseInt(reply.id())] = reply;
      progress.at(Phase.ANSWERING, ++received, replies.length);
    }

    void requireAnswers() throws EvaluationException {
      if (rows().isEmpty()) {
        throw new EvaluationException(
            "No row of %s was answered by both versions: %s"
                .formatted(data.name(), failed().example()));
      }
    }

    List<PairedRow> rows() {
      List<PairedRow> rows = new ArrayList<>();
      for (int i = 0; i < replies.length; i++) {
        Reply production = replies[i].replies().get(0);
        Reply candidate = replies[i].replies().get(1);
        if (production.failure() == null && candidate.failure() == null) {
          String label = data.rows().get(i).label();
          rows.add(
              new PairedRow(
                  label,
                  scored(production.rows().get(0), label, productionLabels),
                  scored(candidate.rows().get(0), label, candidateLabels)));
        }
      }
      return rows;
    }

    private static ScoredAnswer scored(Classification said, String label, List<String> labels) {
      int index = labels.indexOf(label);
      return new ScoredAnswer(
          said.label(),
          Math.min(1, said.confidence()),
          index < 0 ? 0 : said.probabilities().get(index));
    }

    FailedRows failed() {
      int production = 0;
      int candidate = 0;
      String example = null;
      for (Replies row : replies) {
        String before = row.replies().get(0).failure();
        String after = row.replies().get(1).failure();
        production += before == null ? 0 : 1;
        candidate += after == null ? 0 : 1;
        if (example == null) {
          example = after == null ? before : after;
        }
      }
      return new FailedRows(production, candidate, example);
    }

    List<Question> answered(List<Question> questions) {
      List<Question> answered = new ArrayList<>();
      for (int i = 0; i < replies.length; i++) {
        if (replies[i].replies().stream().allMatch(reply -> reply.failure() == null)) {
          answered.add(questions.get(i));
        }
      }
      return answered;
    }
  }
}
