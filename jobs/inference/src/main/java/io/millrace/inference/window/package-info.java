/**
 * Windows of event time, merged from the panes of all subtasks, and the reports that they end in.
 */
package io.millrace.inference.window;
