/** How much a tenant may submit. */
package io.millrace.ingress.quota;
