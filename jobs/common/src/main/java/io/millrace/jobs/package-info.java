/** What the streaming jobs share: configuration, decoding of records, writes to stores. */
package io.millrace.jobs;
