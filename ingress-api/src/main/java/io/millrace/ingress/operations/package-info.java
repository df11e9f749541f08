/** What operators use: health, metrics, the API's description and its page. */
package io.millrace.ingress.operations;
