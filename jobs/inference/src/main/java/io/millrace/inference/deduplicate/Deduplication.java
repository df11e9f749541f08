package io.millrace.inference.deduplicate;

import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.InferenceCommand;
import org.jspecify.annotations.Nullable;

/** Lets each job pass once, and a cancellation only after its job. */
public final class Deduplication {

  /** What becomes of a command. */
  public enum Verdict {
    /** It goes on. */
    PASS,
    /** It is a copy, or there is nothing to cancel any more or yet. */
    DROP,
    /** Its job was cancelled before it came: it ends here. */
    CANCELLED
  }

  /** The job ids that came with one content. */
  public interface SeenJobs {

    /** True for submitted, false for cancelled before it was submitted, null for neither. */
    @Nullable Boolean get(String jobId) throws Exception;

    void put(String jobId, boolean submitted) throws Exception;
  }

  private Deduplication() {}

  /** Decides on a command and remembers it. */
  public static Verdict decide(InferenceCommand command, SeenJobs jobs) throws Exception {
    String jobId = command.getJobId();
    Boolean submitted = jobs.get(jobId);
    if (command.getCommand() instanceof Cancel) {
      if (submitted == null) {
        jobs.put(jobId, false);
      }
      return submitted != null && submitted ? Verdict.PASS : Verdict.DROP;
    }
    if (submitted != null && submitted) {
      return Verdict.DROP;
    }
    jobs.put(jobId, true);
    return submitted == null ? Verdict.PASS : Verdict.CANCELLED;
  }
}
