/** The file of a package that says what its training data looked like. */
package io.millrace.registry.profile;
