/**
 * A stand-in for a model behind a network: an engine whose calls wait and use no processor. For
 * measurements of what is around the model, and for tests; no production artifact holds it.
 *
 * <p>A package of {@link io.millrace.models.simulated.SimulatedRemoteCallEngine} says {@code
 * engine: simulated-remote-call} in its {@code model.yaml}; {@link
 * io.millrace.models.simulated.SimulatedRemoteCallPackages} makes one.
 */
package io.millrace.models.simulated;
