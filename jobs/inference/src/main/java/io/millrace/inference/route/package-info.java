/** Chooses the model version that answers. */
package io.millrace.inference.route;
