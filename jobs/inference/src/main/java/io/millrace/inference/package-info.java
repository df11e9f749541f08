/**
 * The inference job: decode, deduplicate, route, infer, publish. One package an operator; the
 * operators are plumbing, what they decide is plain Java beside them.
 */
package io.millrace.inference;
