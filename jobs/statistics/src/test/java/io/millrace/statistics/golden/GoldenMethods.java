package io.millrace.statistics.golden;

import static io.millrace.statistics.distance.EvidentlyTest.CHI_SQUARE;
import static io.millrace.statistics.distance.EvidentlyTest.HELLINGER;
import static io.millrace.statistics.distance.EvidentlyTest.JENSEN_SHANNON;
import static io.millrace.statistics.distance.EvidentlyTest.KULLBACK_LEIBLER;
import static io.millrace.statistics.distance.EvidentlyTest.MANN_WHITNEY;
import static io.millrace.statistics.distance.EvidentlyTest.PSI;
import static io.millrace.statistics.distance.EvidentlyTest.WASSERSTEIN;
import static io.millrace.statistics.distance.EvidentlyTest.Z;
import static java.util.Map.entry;

import io.millrace.statistics.Bins;
import io.millrace.statistics.HistogramEdges;
import io.millrace.statistics.distance.AlignedCounts;
import io.millrace.statistics.distance.EvidentlyProfile;
import io.millrace.statistics.distance.EvidentlyTest;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LInfinity;
import io.millrace.statistics.distance.LogBase;
import io.millrace.statistics.distance.NannyMlCategories;
import io.millrace.statistics.distance.NannyMlNumbers;
import io.millrace.statistics.distance.Psi;
import io.millrace.statistics.distance.RebinnedJensenShannon;
import io.millrace.statistics.distance.Wasserstein;
import io.millrace.statistics.estimate.ExpectedConfusion;
import io.millrace.statistics.hypothesis.Alternative;
import io.millrace.statistics.hypothesis.BenjaminiHochberg;
import io.millrace.statistics.hypothesis.ChiSquare;
import io.millrace.statistics.hypothesis.CramersV;
import io.millrace.statistics.hypothesis.KolmogorovSmirnov;
import io.millrace.statistics.hypothesis.LocationShift;
import io.millrace.statistics.hypothesis.MannWhitney;
import io.millrace.statistics.sequential.BernoulliInterval;
import io.millrace.statistics.sequential.BinomialCounts;
import io.millrace.statistics.sequential.NormalMixture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What this project computes for each method that the pairs name: a number, a list of numbers, or
 * numbers by name.
 */
final class GoldenMethods {

  private static final Map<String, Function<GoldenPair, Object>> METHODS =
      Map.ofEntries(
          entry("evidently_psi_cat", evidentlyCategories(PSI)),
          entry("evidently_kl_div_cat", evidentlyCategories(KULLBACK_LEIBLER)),
          entry("evidently_jensenshannon_natural_log_cat", evidentlyCategories(JENSEN_SHANNON)),
          entry("evidently_hellinger_cat", evidentlyCategories(HELLINGER)),
          entry("evidently_chisquare_pvalue", evidentlyCategories(CHI_SQUARE)),
          entry("evidently_z_pvalue", evidentlyCategories(Z)),
          entry("evidently_psi_num", evidentlyNumbers(PSI)),
          entry("evidently_kl_div_num", evidentlyNumbers(KULLBACK_LEIBLER)),
          entry("evidently_jensenshannon_natural_log_num", evidentlyNumbers(JENSEN_SHANNON)),
          entry("evidently_hellinger_num", evidentlyNumbers(HELLINGER)),
          entry("evidently_wasserstein_norm", evidentlyNumbers(WASSERSTEIN)),
          entry("mannwhitney_pvalue_alternative_less", evidentlyNumbers(MANN_WHITNEY)),
          entry("evidently_psi_int", evidentlyIntegers(PSI)),
          entry("evidently_kl_div_int", evidentlyIntegers(KULLBACK_LEIBLER)),
          entry("evidently_jensenshannon_natural_log_int", evidentlyIntegers(JENSEN_SHANNON)),
          entry("evidently_hellinger_int", evidentlyIntegers(HELLINGER)),
          entry(
              "nannyml_ContinuousJensenShannonDistance",
              pair -> nannyMlNumbers(pair).jensenShannon(pair.numbers("current"))),
          entry(
              "nannyml_ContinuousHellingerDistance",
              pair -> nannyMlNumbers(pair).hellinger(pair.numbers("current"))),
          entry(
              "nannyml_WassersteinDistance",
              pair -> nannyMlNumbers(pair).wasserstein(pair.numbers("current"))),
          entry(
              "nannyml_KolmogorovSmirnovStatistic",
              pair -> nannyMlNumbers(pair).kolmogorovSmirnov(pair.numbers("current"))),
          entry(
              "nannyml_CategoricalJensenShannonDistance",
              pair -> nannyMlCategories(pair).jensenShannon(pair.categories("current"))),
          entry(
              "nannyml_CategoricalHellingerDistance",
              pair -> nannyMlCategories(pair).hellinger(pair.categories("current"))),
          entry(
              "nannyml_LInfinityDistance",
              pair -> nannyMlCategories(pair).lInfinity(pair.categories("current"))),
          entry(
              "nannyml_l_infinity",
              pair -> nannyMlCategories(pair).lInfinity(pair.categories("current"))),
          entry(
              "nannyml_chi2_contingency",
              pair -> named(nannyMlCategories(pair).chiSquare(pair.categories("current")))),
          entry("deepchecks_psi", GoldenMethods::deepchecksPsi),
          entry("deepchecks_cramers_v", GoldenMethods::deepchecksCramersV),
          entry(
              "l_infinity_from_weights",
              pair -> LInfinity.distance(pair.weights("reference"), pair.weights("current"))),
          entry("tfdv_js_DIVERGENCE_base2_rebinned_uniform", GoldenMethods::rebinned),
          entry("js_distance_natural_log", pair -> jensenShannon(pair, LogBase.NATURAL)),
          entry("js_distance_base2", pair -> jensenShannon(pair, LogBase.TWO)),
          entry(
              "wasserstein",
              pair -> Wasserstein.distance(pair.numbers("reference"), pair.numbers("current"))),
          entry("wasserstein_weighted", GoldenMethods::weightedWasserstein),
          entry("ks_statistic", pair -> kolmogorovSmirnov(pair).statistic()),
          entry("ks_2samp", GoldenMethods::kolmogorovSmirnovP),
          entry("kayenta_mann_whitney_ci", GoldenMethods::locationShift),
          entry("mannwhitneyu_two_sided", GoldenMethods::mannWhitneyTwoSided),
          entry("mannwhitneyu_auto", GoldenMethods::mannWhitney),
          entry(
              "chisquare",
              pair ->
                  named(
                      ChiSquare.goodnessOfFit(
                          pair.numbers("observed"), pair.numbers("expected_freq")))),
          entry("chi2_contingency", pair -> named(ChiSquare.contingency(pair.table("table")))),
          entry(
              "benjamini_hochberg_adjusted",
              pair -> list(BenjaminiHochberg.adjust(pair.numbers("pvalues")))),
          entry("bins_doane", GoldenMethods::doane),
          entry("bins_sturges", pair -> list(HistogramEdges.sturges(pair.numbers("reference")))),
          entry(
              "bins_sturges_int",
              pair -> list(HistogramEdges.sturgesOfIntegers(pair.integers("reference")))),
          entry("cbpe_binary", GoldenMethods::cbpe),
          entry("normal_mixture", GoldenMethods::normalMixture),
          entry(
              "two_sided_normal_mixture.best_rho",
              pair -> NormalMixture.bestRho(pair.number("v_opt"), pair.number("alpha_opt"))),
          entry(
              "normal_log_mixture",
              pair -> mixture(pair).logMixture(pair.number("s"), pair.number("v"))),
          entry(
              "normal_mixture_bound",
              pair -> mixture(pair).bound(pair.number("v"), pair.number("alpha"))),
          entry("bernoulli_confidence_interval", GoldenMethods::bernoulli),
          entry(
              "normal", // "normal quantile 0.01"
              pair ->
                  NormalDistribution.of(0, 1)
                      .inverseCumulativeProbability(
                          lastNumber(pair.json().get("method").asText()))));

  private GoldenMethods() {}

  /** Empty when there is no such method. */
  static Optional<Object> compute(GoldenPair pair) {
    return Optional.ofNullable(METHODS.get(pair.method())).map(method -> method.apply(pair));
  }

  private static Function<GoldenPair, Object> evidentlyNumbers(EvidentlyTest test) {
    return pair ->
        EvidentlyProfile.numbers(test, pair.numbers("reference"), pair.numbers("current")).score();
  }

  private static Function<GoldenPair, Object> evidentlyIntegers(EvidentlyTest test) {
    return pair ->
        EvidentlyProfile.integers(test, pair.integers("reference"), pair.integers("current"))
            .score();
  }

  private static Function<GoldenPair, Object> evidentlyCategories(EvidentlyTest test) {
    return pair ->
        EvidentlyProfile.categories(test, pair.categories("reference"), pair.categories("current"))
            .score();
  }

  private static NannyMlNumbers nannyMlNumbers(GoldenPair pair) {
    return new NannyMlNumbers(pair.numbers("reference"));
  }

  private static NannyMlCategories nannyMlCategories(GoldenPair pair) {
    return new NannyMlCategories(pair.categories("reference"));
  }

  private static AlignedCounts counts(GoldenPair pair) {
    return AlignedCounts.of(pair.categories("reference"), pair.categories("current"));
  }

  private static Object deepchecksPsi(GoldenPair pair) {
    AlignedCounts counts = counts(pair);
    return Psi.ofFloored(counts.referenceShares(), counts.currentShares(), Psi.DEEPCHECKS_FLOOR);
  }

  private static Object deepchecksCramersV(GoldenPair pair) {
    AlignedCounts counts = counts(pair);
    return CramersV.of(counts.reference(), counts.current());
  }

  private static Object rebinned(GoldenPair pair) {
    GoldenPair reference = new GoldenPair(pair.json().get("reference"));
    GoldenPair current = new GoldenPair(pair.json().get("current"));
    return RebinnedJensenShannon.divergence(
        reference.numbers("edges"),
        reference.numbers("counts"),
        current.numbers("edges"),
        current.numbers("counts"));
  }

  private static Object jensenShannon(GoldenPair pair, LogBase base) {
    return JensenShannon.distance(pair.numbers("reference"), pair.numbers("current"), base);
  }

  private static Object weightedWasserstein(GoldenPair pair) {
    return Wasserstein.distance(
        pair.numbers("reference"),
        pair.numbers("reference_weights"),
        pair.numbers("current"),
        pair.numbers("current_weights"));
  }

  private static KolmogorovSmirnov kolmogorovSmirnov(GoldenPair pair) {
    return KolmogorovSmirnov.of(pair.numbers("reference"), pair.numbers("current"));
  }

  private static Object kolmogorovSmirnovP(GoldenPair pair) {
    KolmogorovSmirnov auto = kolmogorovSmirnov(pair);
    return Map.of(
        "D", auto.statistic(),
        "p_auto", auto.pValue(),
        "p_asymp",
            KolmogorovSmirnov.asymptotic(pair.numbers("reference"), pair.numbers("current"))
                .pValue());
  }

  private static Object locationShift(GoldenPair pair) {
    LocationShift shift =
        LocationShift.of(
            pair.numbers("current"), pair.numbers("reference"), pair.number("confLevel"));
    return Map.of(
        "ci_low", shift.low(), "ci_high", shift.high(), "hodges_lehmann", shift.estimate());
  }

  private static Object mannWhitneyTwoSided(GoldenPair pair) {
    double[] x = pair.numbers("x");
    double[] y = pair.numbers("y");
    MannWhitney exact = MannWhitney.exact(x, y, Alternative.TWO_SIDED);
    return Map.of(
        "U1", exact.statistic(),
        "p_exact", exact.pValue(),
        "p_asymptotic_continuity",
            MannWhitney.asymptotic(x, y, Alternative.TWO_SIDED, true).pValue());
  }

  private static Object mannWhitney(GoldenPair pair) {
    Alternative alternative =
        switch (pair.argument("alternative")) {
          case "less" -> Alternative.LESS;
          case "greater" -> Alternative.GREATER;
          default -> Alternative.TWO_SIDED;
        };
    MannWhitney test = MannWhitney.of(pair.numbers("x"), pair.numbers("y"), alternative);
    return Map.of("U1", test.statistic(), "p", test.pValue());
  }

  private static Object doane(GoldenPair pair) {
    double[] edges = HistogramEdges.doane(pair.numbers("reference"));
    return Map.of("n_bins", edges.length - 1.0, "first", edges[0], "last", edges[edges.length - 1]);
  }

  /** The counts in Doane's bins, and last what is outside. */
  static long[] doaneCounts(GoldenPair pair, String sample) {
    return Bins.count(HistogramEdges.doane(pair.numbers("reference")), pair.numbers(sample));
  }

  private static Object cbpe(GoldenPair pair) {
    double[] predictions = pair.numbers("y_pred");
    boolean[] positive = new boolean[predictions.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = predictions[i] == 1;
    }
    ExpectedConfusion confusion = ExpectedConfusion.of(positive, pair.numbers("calibrated_proba"));
    return Map.of(
        "accuracy", confusion.accuracy(),
        "f1", confusion.f1(),
        "precision", confusion.precision(),
        "recall", confusion.recall(),
        "specificity", confusion.specificity());
  }

  private static Object normalMixture(GoldenPair pair) {
    NormalMixture mixture = new NormalMixture(pair.number("rho"), NormalMixture.Sides.TWO);
    double v = pair.number("v");
    return Map.of(
        "bound", mixture.bound(v, pair.number("alpha")),
        "log_mixture_at_s=30", mixture.logMixture(30, v),
        "always_valid_p_at_s=30", mixture.alwaysValidP(30, v));
  }

  private static NormalMixture mixture(GoldenPair pair) {
    double vOpt = pair.number("v_opt");
    double alphaOpt = pair.number("alpha_opt");
    return Boolean.parseBoolean(pair.argument("one_sided"))
        ? NormalMixture.oneSided(vOpt, alphaOpt)
        : NormalMixture.twoSided(vOpt, alphaOpt);
  }

  private static Object bernoulli(GoldenPair pair) {
    BinomialCounts counts =
        new BinomialCounts((long) pair.number("num_trials"), (long) pair.number("num_successes"));
    BernoulliInterval interval =
        BernoulliInterval.of(counts, pair.number("alpha"), pair.number("t_opt"));
    return List.of(interval.low(), interval.high());
  }

  private static Map<String, Double> named(ChiSquare test) {
    return Map.of(
        "statistic", test.statistic(),
        "pvalue", test.pValue(),
        "dof", (double) test.degreesOfFreedom());
  }

  private static List<Double> list(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }

  private static double lastNumber(String text) {
    return Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1));
  }
}
