package io.millrace.statistics.window;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the answers of a window cost, tenant by tenant. Summaries of parts of a window merge into
 * that of the whole, in any order, to the same. Of more than {@value #MOST_TENANTS} tenants, the
 * ones that come later are {@link DriftBin#OTHERS} together. Not safe for use by several threads.
 */
public final class CostSummary {

  static final int MOST_TENANTS = 1_000;

  private static final int VERSION = 1;

  private final SortedMap<String, TenantCounts> tenants = new TreeMap<>();

  public CostSummary() {}

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format or damaged
   */
  public static CostSummary of(byte[] bytes) {
    SummaryReader in = new SummaryReader(SummaryKind.COST, VERSION, bytes);
    CostSummary read = new CostSummary();
    int size = in.size(3);
    for (int i = 0; i < size; i++) {
      read.tenants.put(in.text(), TenantCounts.read(in));
    }
    in.end();
    return read;
  }

  /** Counts a request by where its answer came from. */
  public void counted(String tenant, Origin origin) {
    tenant(tenant).counted(origin);
  }

  /** Adds what a computed answer took; the answer is {@link #counted} as well. */
  public void computed(String tenant, long tokens, long paddedTokens, double computeSeconds) {
    tenant(tenant).computed(tokens, paddedTokens, computeSeconds);
  }

  /**
   * Adds what an answer saved.
   *
   * @param aloneSeconds what it would have cost without
   * @param savedSeconds aloneSeconds less what it did cost; below 0 for a loss
   */
  public void saved(String tenant, SavedBy by, double aloneSeconds, double savedSeconds) {
    tenant(tenant).saved(by, aloneSeconds, savedSeconds);
  }

  /** Adds what another one counted; that one stays as it is. */
  public void merge(CostSummary other) {
    other.tenants.forEach((tenant, counts) -> tenant(tenant).merge(counts));
  }

  public SortedMap<String, TenantCost> tenants() {
    SortedMap<String, TenantCost> costs = new TreeMap<>();
    tenants.forEach((tenant, counts) -> costs.put(tenant, counts.cost()));
    return costs;
  }

  /** In format version 1, which later versions of the code read. */
  public byte[] toBytes() {
    SummaryWriter out = new SummaryWriter(SummaryKind.COST, VERSION);
    out.count(tenants.size());
    tenants.forEach((tenant, counts) -> counts.write(out.text(tenant)));
    return out.toBytes();
  }

  private TenantCounts tenant(String tenant) {
    boolean counted = tenants.containsKey(tenant) || tenants.size() < MOST_TENANTS;
    return tenants.computeIfAbsent(counted ? tenant : DriftBin.OTHERS, name -> new TenantCounts());
  }
}
