package io.millrace.evaluation.ask;

import io.millrace.schemas.avro.Tensor;
import java.util.List;

/**
 * What versions are asked.
 *
 * @param id to know the answer by
 * @param inputs as a request carries them
 */
public record Question(String id, List<Tensor> inputs) {}
