/** Who calls, and what a caller may do. */
package io.millrace.ingress.access;
