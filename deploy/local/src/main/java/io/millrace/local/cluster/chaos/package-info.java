/**
 * {@code millrace cluster chaos}: a cluster of several processes under steady load, whose parts are
 * killed in turn.
 */
@NullMarked
package io.millrace.local.cluster.chaos;

import org.jspecify.annotations.NullMarked;
