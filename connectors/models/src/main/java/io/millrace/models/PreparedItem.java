package io.millrace.models;

/** One request's inputs, ready to be put into a batch. */
public interface PreparedItem {

  /** Rows that the item adds to a batch: the number of texts of a text model. At least 1. */
  int rows();

  /** Tokens of all rows without padding; 1 a row for a model that has no tokens. */
  int tokens();

  /**
   * Tokens of the longest row: batches are formed of items of like length, and each row of a batch
   * is padded to the longest of the batch.
   */
  int length();
}
