/**
 * Models on ONNX Runtime, through DJL: any file with tensors in and out, and text models, a
 * transformer encoder with its tokenizer, and for classifiers a head that turns the encoder's
 * vector into class probabilities.
 *
 * <p>One session a model is shared by all callers; each call runs on its caller's thread, so that
 * parallel callers, not threads inside the engine, use the cores. With an fp32 encoder an answer
 * does not depend on its batch mates. With a dynamically quantised one (int8) it does, a little:
 * the scale of the activations is that of the whole batch.
 */
package io.millrace.models.onnx;
