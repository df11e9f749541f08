/** {@code millrace models}: trains, lists, shows and verifies model packages. */
@NullMarked
package io.millrace.local.models;

import org.jspecify.annotations.NullMarked;
