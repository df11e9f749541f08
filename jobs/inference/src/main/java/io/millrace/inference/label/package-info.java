/** Joins answers with the labels that turn out to be the right ones. */
package io.millrace.inference.label;
