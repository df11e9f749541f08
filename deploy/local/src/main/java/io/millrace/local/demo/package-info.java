/**
 * {@code millrace demo}: a seeded {@link io.millrace.local.demo.TrafficPlan} goes through the HTTP
 * API, and a {@code read_committed} consumer of the results topic counts what came out.
 */
@NullMarked
package io.millrace.local.demo;

import org.jspecify.annotations.NullMarked;
