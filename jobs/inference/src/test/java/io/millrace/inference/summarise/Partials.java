package io.millrace.inference.summarise;

import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.reference.NoReferences;
import java.util.List;

/** What a subtask makes of samples, for tests. */
public final class Partials {

  private final Panes panes;

  /**
   * @param paneMillis length of a pane
   */
  public Partials(long paneMillis) {
    panes =
        new Panes(new Measures(true, true, true, paneMillis, 100, true), new NoReferences().open());
  }

  public Partials add(Sample sample, long time) {
    panes.add(sample, time);
    return this;
  }

  public Partials add(LabelledAnswer labelled) {
    panes.add(labelled);
    return this;
  }

  /** All so far, of which the next call has nothing. */
  public List<PartialSummary> take() {
    return panes.takeEnded(Long.MAX_VALUE);
  }
}
