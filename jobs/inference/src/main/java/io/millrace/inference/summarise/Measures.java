package io.millrace.inference.summarise;

import java.io.Serializable;

/**
 * What is summed up.
 *
 * @param paneMillis length of a pane
 * @param maxSegments values of a dimension in a pane at most; the rest is one
 * @param profiled whether numbers are counted in the bins of the package's profile
 */
public record Measures(
    boolean drift,
    boolean quality,
    boolean cost,
    long paneMillis,
    int maxSegments,
    boolean profiled)
    implements Serializable {

  private static final long serialVersionUID = 1L;
}
