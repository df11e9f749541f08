package io.millrace.models;

import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * A loaded, warm model version. Safe for use by several threads: callers share one session.
 *
 * @param <I> what {@link #prepare} makes of a request and {@link #predict} takes
 */
public interface Model<I extends PreparedItem> extends AutoCloseable {

  /**
   * Checks one request's inputs and makes them ready for a batch (tokenises, for a text model).
   * Runs on the caller's thread and touches no other item.
   *
   * @throws InvalidInputException when the inputs do not fit the signature
   */
  I prepare(List<Tensor> inputs) throws InvalidInputException;

  /**
   * Runs one batch and blocks until it is done.
   *
   * @param batch at least one item
   * @param stop stops the native call when it fires
   * @return the outputs of each item, in the order of the batch; numbers that are not finite are
   *     the caller's to find
   * @throws PredictionException when the call fails or was stopped
   */
  List<List<Tensor>> predict(List<I> batch, StopSignal stop) throws PredictionException;

  /**
   * As {@link #predict}, with the features of each row. Engines that extract none need not have it;
   * a model around another one must hand the call on.
   *
   * @throws PredictionException when the call fails or was stopped
   */
  default List<Answer> answer(List<I> batch, StopSignal stop) throws PredictionException {
    return predict(batch, stop).stream().map(Answer::of).toList();
  }

  @Override
  void close();
}
