/** Benchmarks of tensors on their way to a model, where they can be seen. */
@NullMarked
package io.millrace.models.onnx;

import org.jspecify.annotations.NullMarked;
