package io.millrace.ingress.reports;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.CostSaving;
import io.millrace.schemas.avro.SavedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums over cost reports of which not all say everything. */
final class Sums {

  private static final double SECONDS_OF_AN_HOUR = 3_600;

  private Sums() {}

  /** The sum of what is known; null when nothing is. */
  static @Nullable Double ofKnown(Stream<@Nullable Double> amounts) {
    List<Double> known = amounts.filter(Objects::nonNull).toList();
    return known.isEmpty() ? null : known.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** What was saved, by what saved it; without what nothing is known of. */
  static List<SavingView> savings(List<CostReport> reports) {
    List<SavingView> savings = new ArrayList<>();
    for (SavedBy by : SavedBy.values()) {
      List<Priced> those =
          reports.stream()
              .flatMap(
                  report ->
                      report.getSavings().stream()
                          .filter(saving -> saving.getBy() == by)
                          .map(saving -> new Priced(saving, report.getPricePerHour())))
              .toList();
      if (!those.isEmpty()) {
        savings.add(
            new SavingView(
                Numbers.label(by),
                those.stream().mapToLong(one -> one.saving().getAnswers()).sum(),
                those.stream().mapToDouble(one -> one.saving().getAloneSeconds()).sum(),
                those.stream().mapToDouble(one -> one.saving().getSavedSeconds()).sum(),
                ofKnown(those.stream().map(Priced::cost))));
      }
    }
    return savings;
  }

  private record Priced(CostSaving saving, @Nullable Double pricePerHour) {
    @Nullable Double cost() {
      return pricePerHour == null
          ? null
          : saving.getSavedSeconds() / SECONDS_OF_AN_HOUR * pricePerHour;
    }
  }
}
