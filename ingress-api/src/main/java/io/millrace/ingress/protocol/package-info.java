/**
 * The JSON of the Open Inference Protocol, to and from the tensors of the contracts.
 *
 * <p>A body is read as a stream of tokens under the limits of {@link
 * io.millrace.ingress.protocol.ProtocolLimits}; no tree of it is ever built. Everything that is
 * wrong is collected with its JSON pointer, up to a bound.
 *
 * @see <a
 *     href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">Open
 *     Inference Protocol, REST</a>
 */
package io.millrace.ingress.protocol;
