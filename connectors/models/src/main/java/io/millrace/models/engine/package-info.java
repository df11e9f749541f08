/** The port of the engines that load model packages. */
package io.millrace.models.engine;
