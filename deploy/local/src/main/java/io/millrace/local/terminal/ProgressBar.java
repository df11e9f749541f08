package io.millrace.local.terminal;

/** Draws a share of work done as {@code [#####.....] 50%}. */
public final class ProgressBar {

  private ProgressBar() {}

  /**
   * The bar.
   *
   * @param fraction the share done; anything outside of 0 to 1 is drawn as the nearer of the two
   * @param width characters between the brackets
   */
  public static String render(double fraction, int width) {
    double share = Double.isNaN(fraction) ? 0 : Math.min(1, Math.max(0, fraction));
    int filled = (int) Math.floor(share * width);
    return "[%s%s] %3d%%"
        .formatted("#".repeat(filled), ".".repeat(width - filled), (int) Math.floor(share * 100));
  }
}
