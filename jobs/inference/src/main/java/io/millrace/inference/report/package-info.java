/** Assessments of windows as the reports of their topics. */
package io.millrace.inference.report;
