package io.millrace.ingress.models;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.Topic;

/** What a compacted topic says now: the last value of each key. */
public interface TopicView {

  /** The topic that it is of. */
  Topic topic();

  /**
   * The topic has a value for a key.
   *
   * @throws DecodeException when the value cannot be read; what was known of the key stays
   */
  void put(String key, byte[] value) throws DecodeException;

  /** The topic has nothing for a key any more. */
  void remove(String key);

  /** Everything that was in the topic when reading began is known. */
  void markCaughtUp();
}
