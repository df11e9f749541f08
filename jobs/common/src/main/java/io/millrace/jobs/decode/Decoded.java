package io.millrace.jobs.decode;

import io.millrace.schemas.avro.DeadLetter;
import java.util.function.Consumer;

/** What a record turned out to be. */
public sealed interface Decoded<T> {

  void fold(Consumer<T> understood, Consumer<DeadLetter> refused);

  /** A record of its contract. */
  record Understood<T>(T value) implements Decoded<T> {
    @Override
    public void fold(Consumer<T> understood, Consumer<DeadLetter> refused) {
      understood.accept(value);
    }
  }

  /** A record that nobody can answer. */
  record Refused<T>(DeadLetter deadLetter) implements Decoded<T> {
    @Override
    public void fold(Consumer<T> understood, Consumer<DeadLetter> refused) {
      refused.accept(deadLetter);
    }
  }
}
