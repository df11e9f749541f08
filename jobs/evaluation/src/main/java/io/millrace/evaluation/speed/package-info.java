/** How fast versions are, measured so that the comparison is fair. */
package io.millrace.evaluation.speed;
