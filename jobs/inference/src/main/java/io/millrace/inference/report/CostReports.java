package io.millrace.inference.report;

import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.CostSaving;
import io.millrace.schemas.avro.SavedBy;
import io.millrace.statistics.window.Origin;
import io.millrace.statistics.window.TenantCost;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tenants' answers cost as reports. */
public final class CostReports {

  private static final double SECONDS_PER_HOUR = 3600;

  private CostReports() {}

  /**
   * One report a tenant.
   *
   * @param pricePerHour null for unknown
   */
  public static List<CostReport> of(
      ReportWindow window, Map<String, TenantCost> tenants, @Nullable Double pricePerHour) {
    return tenants.entrySet().stream()
        .map(tenant -> of(window, tenant.getKey(), tenant.getValue(), pricePerHour))
        .toList();
  }

  /** What some time in model calls costs, in the currency of the price. */
  public static double cost(double computeSeconds, double pricePerHour) {
    return computeSeconds / SECONDS_PER_HOUR * pricePerHour;
  }

  private static CostReport of(
      ReportWindow window, String tenant, TenantCost cost, @Nullable Double pricePerHour) {
    return CostReport.newBuilder()
        .setModel(window.model())
        .setVersion(window.version())
        .setTenant(tenant)
        .setWindowStart(window.start())
        .setWindowEnd(window.end())
        .setRevision(window.revision())
        .setComputed(answers(cost, Origin.COMPUTED))
        .setCached(answers(cost, Origin.CACHED))
        .setCoalesced(answers(cost, Origin.COALESCED))
        .setFallback(answers(cost, Origin.FALLBACK))
        .setStale(answers(cost, Origin.STALE))
        .setFailed(answers(cost, Origin.FAILED))
        .setTokens(cost.tokens())
        .setPaddedTokens(cost.paddedTokens())
        .setComputeSeconds(cost.computeSeconds())
        .setSavings(
            cost.savings().entrySet().stream()
                .map(
                    saving ->
                        new CostSaving(
                            SavedBy.valueOf(saving.getKey().name()),
                            saving.getValue().answers(),
                            saving.getValue().aloneSeconds(),
                            saving.getValue().savedSeconds()))
                .toList())
        .setPricePerHour(pricePerHour)
        .setCost(pricePerHour == null ? null : cost(cost.computeSeconds(), pricePerHour))
        .setCreatedAt(window.createdAt())
        .build();
  }

  private static long answers(TenantCost cost, Origin origin) {
    return cost.answers().getOrDefault(origin, 0L);
  }
}
