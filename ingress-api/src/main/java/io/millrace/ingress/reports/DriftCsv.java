package io.millrace.ingress.reports;

import io.micronaut.http.HttpRequest;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.avro.DriftBin;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.DriftScore;
import java.util.List;

/** Drift as lines of values. */
final class DriftCsv {

  private DriftCsv() {}

  /** What a line of a feature is of. */
  enum Rows {
    SCORES,
    BINS;

    /**
     * What {@code rows} says: scores by default.
     *
     * @throws ProblemException {@code BAD_REQUEST} when it is neither
     */
    static Rows of(HttpRequest<?> request) {
      String asked = QueryParameters.of(request).get("rows");
      if (asked == null || asked.equals("scores")) {
        return SCORES;
      }
      if (asked.equals("bins")) {
        return BINS;
      }
      throw new ProblemException(ProblemType.BAD_REQUEST, "rows: expected scores or bins.");
    }
  }

  /** A line a window and feature. */
  static Csv overview(List<DriftReport> reports) {
    Csv csv =
        new Csv(
            "window_start",
            "window_end",
            "version",
            "segment",
            "feature",
            "kind",
            "verdict",
            "method",
            "score",
            "threshold",
            "p_value",
            "n",
            "missing",
            "revision",
            "late");
    for (DriftReport report : reports) {
      FeatureDrift drift = FeatureDrift.of(report);
      csv.row(
          report.getWindowStart(),
          report.getWindowEnd(),
          report.getVersion(),
          report.getSegment(),
          drift.feature(),
          drift.kind(),
          drift.verdict(),
          drift.method(),
          drift.score(),
          drift.threshold(),
          drift.pValue(),
          drift.n(),
          drift.missing(),
          drift.revision(),
          drift.late());
    }
    return csv;
  }

  /** A line a window and score, or a window and bin. */
  static Csv feature(List<DriftReport> reports, Rows rows) {
    return rows == Rows.SCORES ? scores(reports) : bins(reports);
  }

  private static Csv scores(List<DriftReport> reports) {
    Csv csv =
        new Csv(
            "window_start",
            "window_end",
            "version",
            "segment",
            "feature",
            "verdict",
            "n",
            "missing",
            "revision",
            "late",
            "reference_source",
            "reference_n",
            "method",
            "profile",
            "value",
            "threshold",
            "p_value",
            "adjusted_p_value",
            "approximate",
            "decisive");
    for (DriftReport report : reports) {
      int decisive = decisive(report);
      for (int i = 0; i < report.getScores().size(); i++) {
        DriftScore score = report.getScores().get(i);
        csv.row(
            report.getWindowStart(),
            report.getWindowEnd(),
            report.getVersion(),
            report.getSegment(),
            report.getFeature(),
            Numbers.label(report.getVerdict()),
            report.getN(),
            report.getMissing(),
            report.getRevision(),
            report.getLate(),
            Numbers.label(report.getReference().getSource()),
            report.getReference().getN(),
            score.getMethod(),
            Numbers.label(score.getProfile()),
            score.getValue(),
            score.getThreshold(),
            score.getPValue(),
            score.getAdjustedPValue(),
            score.getApproximate(),
            i == decisive);
      }
    }
    return csv;
  }

  /** The first one of the method: one of another profile may have the same. */
  private static int decisive(DriftReport report) {
    return report.getScores().stream()
        .map(DriftScore::getMethod)
        .toList()
        .indexOf(report.getMethod());
  }

  private static Csv bins(List<DriftReport> reports) {
    Csv csv =
        new Csv(
            "window_start",
            "window_end",
            "version",
            "segment",
            "feature",
            "n",
            "lower",
            "upper",
            "category",
            "reference_share",
            "share",
            "contribution");
    for (DriftReport report : reports) {
      for (DriftBin bin : report.getBins()) {
        csv.row(
            report.getWindowStart(),
            report.getWindowEnd(),
            report.getVersion(),
            report.getSegment(),
            report.getFeature(),
            report.getN(),
            bin.getLower(),
            bin.getUpper(),
            bin.getCategory(),
            bin.getReferenceShare(),
            bin.getShare(),
            bin.getContribution());
      }
    }
    return csv;
  }
}
