/** Topics of a Kafka that others run, and who may do what with them. */
@NullMarked
package io.millrace.local.topics;

import org.jspecify.annotations.NullMarked;
