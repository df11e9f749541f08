@NullMarked
package io.millrace.cache;

import org.jspecify.annotations.NullMarked;
