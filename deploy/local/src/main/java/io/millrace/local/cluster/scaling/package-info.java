/** What more task managers bring, and when the local autoscaler asks for more: both measured. */
@NullMarked
package io.millrace.local.cluster.scaling;

import org.jspecify.annotations.NullMarked;
