package io.millrace.inference.summarise;

import java.io.Serializable;

/**
 * What is waited for, in milliseconds of the wall clock.
 *
 * @param answers how long event time waits for the answers to what was read
 * @param late how often late samples are handed on
 * @param idle how long nothing comes before event time goes on by itself
 */
public record Delays(long answers, long late, long idle) implements Serializable {

  private static final long serialVersionUID = 1L;
}
