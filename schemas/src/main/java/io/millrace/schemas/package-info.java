/**
 * The contracts of Millrace: Avro types (package {@code avro}, generated), how they are written to
 * bytes, which topics carry them, and what makes two requests equal.
 */
package io.millrace.schemas;
