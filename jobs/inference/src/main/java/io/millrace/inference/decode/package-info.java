/** Understands records, or keeps them as dead letters with a reason. */
package io.millrace.inference.decode;
