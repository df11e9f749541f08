/** What versions looked like when they were trained, from their packages. */
package io.millrace.inference.reference;
