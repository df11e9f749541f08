/** Contracts written as JSON. */
@NullMarked
package io.millrace.schemas.json;

import org.jspecify.annotations.NullMarked;
