/** Sums up samples in memory, pane by pane, before anything is shuffled or stored. */
package io.millrace.inference.summarise;
