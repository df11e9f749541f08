/**
 * The Open Inference Protocol over REST, with the binary tensor data extension: jobs like all
 * others, but each call waits for its result.
 *
 * @see <a
 *     href="https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md">Open
 *     Inference Protocol, REST</a>
 * @see <a
 *     href="https://github.com/triton-inference-server/server/blob/main/docs/protocol/extension_binary_data.md">Binary
 *     tensor data extension</a>
 */
package io.millrace.ingress.v2;
