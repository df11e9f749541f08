package io.millrace.local.chaos;

import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts of the sample data, none of them twice. */
public final class Texts {

  private final List<String> texts;
  private int given;

  public Texts(long seed) {
    texts = new ArrayList<>(Utterances.read(null).stream().map(Utterance::text).toList());
    Collections.shuffle(texts, new Random(seed));
  }

  public String next() {
    String text = texts.get(given % texts.size()) + " (" + given + ")";
    given++;
    return text;
  }

  List<String> next(int count) {
    return Stream.generate(this::next).limit(count).toList();
  }

  /** Questions to a model that all have one expected outcome. */
  List<Question> questions(int count, String model, Expectation expected) {
    return next(count).stream().map(text -> Question.of(model, text, expected)).toList();
  }
}
