/** Reading the topics of a broker that runs somewhere. */
@NullMarked
package io.millrace.local.kafka;

import org.jspecify.annotations.NullMarked;
