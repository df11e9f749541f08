package io.millrace.evaluation.ask;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks every version each question. */
public final class AskQuestions extends AskFunction<Question, Replies> {

  private static final long serialVersionUID = 1L;

  public AskQuestions(Models models, String model, List<String> versions) {
    super(models, model, versions);
  }

  @Override
  protected CompletableFuture<Replies> ask(Asker versions, Question question) {
    return versions
        .ask(question.inputs())
        .thenApply(replies -> new Replies(question.id(), replies));
  }
}
