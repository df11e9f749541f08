/** What evaluations and replays found: as records, as JSON, as a page. */
package io.millrace.evaluation.report;
