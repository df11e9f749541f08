/** What the GPUs of the machine do, from NVIDIA's management library. */
@NullMarked
package io.millrace.models.gpu;

import org.jspecify.annotations.NullMarked;
