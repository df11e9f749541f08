/** Programs that are not ours, for tests: Node.js with npm packages, Chromium, kcat, Prometheus. */
@NullMarked
package io.millrace.testtools;

import org.jspecify.annotations.NullMarked;
