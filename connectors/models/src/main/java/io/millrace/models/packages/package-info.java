/**
 * Model packages on disk: {@code <repository>/<model>/<version>/} with {@code model.yaml}. Reads
 * and verifies them, lists them, and writes new ones. A package never changes once it is there.
 */
package io.millrace.models.packages;
