package io.millrace.training;

import com.oracle.labs.mlrg.olcut.provenance.ConfiguredObjectProvenance;
import java.util.function.LongConsumer;
import org.tribuo.math.Parameters;
import org.tribuo.math.StochasticGradientOptimiser;
import org.tribuo.math.la.Tensor;

/** Counts the steps of another optimiser: Tribuo has no other sign of progress. */
final class CountingOptimiser implements StochasticGradientOptimiser {

  private final StochasticGradientOptimiser optimiser;
  private final LongConsumer progress;
  private long steps;

  CountingOptimiser(StochasticGradientOptimiser optimiser, LongConsumer progress) {
    this.optimiser = optimiser;
    this.progress = progress;
  }

  @Override
  public void initialise(Parameters parameters) {
    optimiser.initialise(parameters);
  }

  @Override
  public Tensor[] step(Tensor[] updates, double weight) {
    progress.accept(++steps);
    return optimiser.step(updates, weight);
  }

  @Override
  public void finalise() {
    optimiser.finalise();
  }

  @Override
  public void reset() {
    optimiser.reset();
  }

  @Override
  public StochasticGradientOptimiser copy() {
    return new CountingOptimiser(optimiser.copy(), progress);
  }

  @Override
  public ConfiguredObjectProvenance getProvenance() {
    return optimiser.getProvenance();
  }
}
