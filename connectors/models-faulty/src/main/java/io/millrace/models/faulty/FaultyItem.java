package io.millrace.models.faulty;

import io.millrace.models.PreparedItem;
import java.util.Set;

/**
 * An item of the real engine and what its texts ask for.
 *
 * @param item what the real engine takes
 */
record FaultyItem<I extends PreparedItem>(I item, Set<Marker> markers) implements PreparedItem {

  @Override
  public int rows() {
    return item.rows();
  }

  @Override
  public int tokens() {
    return item.tokens();
  }

  @Override
  public int length() {
    return item.length();
  }
}
