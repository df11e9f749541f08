/**
 * What a version's inputs and answers looked like when it was trained: what later windows are
 * compared with.
 */
package io.millrace.statistics.profile;
