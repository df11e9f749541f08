package io.millrace.models.runtime;

import io.millrace.models.PreparedItem;

/** An item of chosen size that can be told from others. */
record FakeItem(String text, int rows, int length) implements PreparedItem {

  static FakeItem ofLength(int length) {
    return new FakeItem("item", 1, length);
  }

  @Override
  public int tokens() {
    return rows * length;
  }
}
