package io.millrace.local.bench.stream;

import java.util.Locale;

/** Encoded commands, each of another content. */
interface CommandMessages {

  /** Characters of a job id. */
  int JOB_ID_LENGTH = 14;

  /** The value of the record of the job with this number. */
  byte[] value(int number);

  /** The job with this number; all ids are of one length. */
  static String jobId(int number) {
    return String.format(Locale.ROOT, "bench-%08d", number);
  }

  /** The number of a job; -1 for a job that is none of the benchmark's. */
  static int number(String jobId) {
    return jobId.length() == JOB_ID_LENGTH && jobId.startsWith("bench-")
        ? Integer.parseInt(jobId.substring(6))
        : -1;
  }
}
