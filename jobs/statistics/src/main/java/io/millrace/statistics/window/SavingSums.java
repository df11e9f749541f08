package io.millrace.statistics.window;

/**
 * The sums of one kind of saving, in billionths of a second.
 *
 * @param saved may be below 0
 */
record SavingSums(long answers, long alone, long saved) {

  static final SavingSums NONE = new SavingSums(0, 0, 0);

  static SavingSums read(SummaryReader in) {
    return new SavingSums(in.count(), in.number(), in.number());
  }

  void write(SummaryWriter out) {
    out.count(answers).number(alone).number(saved);
  }

  SavingSums plus(SavingSums other) {
    return new SavingSums(answers + other.answers, alone + other.alone, saved + other.saved);
  }

  Saving saving() {
    return new Saving(answers, FixedPoint.value(alone), FixedPoint.value(saved));
  }
}
