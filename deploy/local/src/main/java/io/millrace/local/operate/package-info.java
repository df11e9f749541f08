/** {@code millrace deployments} and {@code millrace rollouts}: what operators do, by the API. */
@NullMarked
package io.millrace.local.operate;

import org.jspecify.annotations.NullMarked;
