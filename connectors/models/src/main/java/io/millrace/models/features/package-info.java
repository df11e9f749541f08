/**
 * What is measured of a row for drift: statistics of texts, of class probabilities, of outputs.
 * Plain computations; the engines know where the values are.
 */
package io.millrace.models.features;
