/** What was asked for and decided, model by model, and the traffic that follows from it. */
package io.millrace.inference.traffic;
