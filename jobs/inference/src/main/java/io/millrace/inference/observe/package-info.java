/** What single answers tell of versions: what drift, quality and cost are measured on. */
package io.millrace.inference.observe;
