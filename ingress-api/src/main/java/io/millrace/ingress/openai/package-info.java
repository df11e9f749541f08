/**
 * OpenAI's API for embeddings, for models whose output is an embedding.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
 */
package io.millrace.ingress.openai;
