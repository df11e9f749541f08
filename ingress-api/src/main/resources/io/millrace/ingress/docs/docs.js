SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // The validator badge would be fetched from another host.
  validatorUrl: null,
});
