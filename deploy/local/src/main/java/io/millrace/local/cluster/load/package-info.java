/** Load on a cluster over HTTP, and what is seen of it: accepted, committed, shown by polls. */
@NullMarked
package io.millrace.local.cluster.load;

import org.jspecify.annotations.NullMarked;
