package io.millrace.inference.observe;

import io.millrace.models.Features;
import io.millrace.models.runtime.CallCost;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one answer, or the lack of one, tells of a version.
 *
 * @param version that answered, or that failed
 * @param segments of the request, each {@code <dimension>=<value>}; not the segment of all
 * @param origin null when there is no answer
 * @param rows features of the item's rows; empty unless the model computed the answer for this
 *     request, or when the version declares none. Repeats of an answer are not independent of it
 * @param jobId joins it with the job's feedback
 * @param label what a classifier said; null of another model, of several rows and without an answer
 * @param confidence of the label, 0 to 1; NaN without one
 * @param answeredAt milliseconds since the epoch
 * @param execution the model call that was made for it; null when there was none
 * @param original the model call whose answer it repeats; null when it repeats none, or one that
 *     says nothing of its call
 * @param source what a call costs of the version that this one is a quantised form of; null when it
 *     is of none, or that is not known
 * @param pricePerHour what an hour of computing costs by the deployment that routed the request;
 *     null when it does not say
 */
public record Sample(
    String model,
    String version,
    String tenant,
    List<String> segments,
    @Nullable Origin origin,
    List<Features> rows,
    String jobId,
    @Nullable String label,
    double confidence,
    long answeredAt,
    @Nullable Execution execution,
    @Nullable Execution original,
    @Nullable CallCost source,
    @Nullable Double pricePerHour) {}
