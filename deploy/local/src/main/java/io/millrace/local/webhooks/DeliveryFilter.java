package io.millrace.local.webhooks;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which deliveries are meant. */
final class DeliveryFilter {

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description =
          "Only those of one reason: exhausted, endpoint_disabled, no_secret, refused_address,"
              + " invalid_url.")
  private @Nullable String reason;

  @Option(names = "--tenant", paramLabel = "NAME", description = "Only those of one tenant.")
  private @Nullable String tenant;

  /** As the contract has them; its type would start logging before anyone has said where. */
  private static final List<String> REASONS =
      List.of("EXHAUSTED", "ENDPOINT_DISABLED", "NO_SECRET", "REFUSED_ADDRESS", "INVALID_URL");

  boolean given() {
    return reason != null || tenant != null;
  }

  /**
   * Checks what was given.
   *
   * @throws IllegalArgumentException says what was expected
   */
  void check() {
    if (reason != null && !REASONS.contains(reason.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "Invalid value for option '--reason': expected one of %s, found '%s'"
              .formatted(REASONS, reason));
    }
  }

  boolean matches(StoredDelivery stored) {
    return (reason == null || stored.letter().getReason().name().equalsIgnoreCase(reason))
        && (tenant == null || stored.letter().getDelivery().getTenant().equals(tenant));
  }
}
