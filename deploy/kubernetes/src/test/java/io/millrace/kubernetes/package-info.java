/** Tests of the Kustomize files and of the Compose file. */
@NullMarked
package io.millrace.kubernetes;

import org.jspecify.annotations.NullMarked;
