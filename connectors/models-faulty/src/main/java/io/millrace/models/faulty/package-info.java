/**
 * Fault injection: a model engine that goes wrong on purpose, over one that really answers. For
 * tests and drills; no production artifact holds it.
 *
 * <p>A package of {@link io.millrace.models.faulty.FaultyEngine} says {@code engine: faulty} in its
 * {@code model.yaml} and holds a {@code faults.yaml}, see {@link io.millrace.models.faulty.Faults}.
 * {@link io.millrace.models.faulty.FaultyPackages} makes one of any package. Beside the faults of
 * the file, texts of the inputs choose items that go wrong, see {@link
 * io.millrace.models.faulty.Marker}.
 */
package io.millrace.models.faulty;
