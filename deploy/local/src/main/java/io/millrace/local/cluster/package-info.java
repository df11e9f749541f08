/**
 * A cluster on one machine: broker, Redis, ZooKeeper, Flink and the API as processes of their own,
 * kept alive by a supervisor that runs apart from the command.
 */
@NullMarked
package io.millrace.local.cluster;

import org.jspecify.annotations.NullMarked;
