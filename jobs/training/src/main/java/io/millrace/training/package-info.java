/**
 * Builds model packages: a frozen text encoder with a linear head trained on labelled texts, or the
 * encoder alone. Comes with a sample data set, a support desk of 30 intents.
 */
package io.millrace.training;
