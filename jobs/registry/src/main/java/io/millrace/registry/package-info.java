/** Model packages on any Flink file system, and the aliases of their versions. */
package io.millrace.registry;
