/** What leaves the job: results, and where they go. */
package io.millrace.inference.publish;
