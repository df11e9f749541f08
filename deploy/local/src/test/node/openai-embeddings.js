// Asks for embeddings with OpenAI's own client and writes what it got as JSON.
//
//   node openai-embeddings.js <base URL> <model> <another model> <text>...
'use strict';

const { OpenAI } = require('openai');

async function failure(call) {
  try {
    await call;
    return { name: 'none' };
  } catch (e) {
    return { name: e.constructor.name, status: e.status, type: e.type, code: e.code, param: e.param, message: e.message };
  }
}

async function main([baseURL, model, other, ...texts]) {
  const client = new OpenAI({ baseURL, apiKey: process.env.MILLRACE_API_KEY || 'none', maxRetries: 0 });
  const create = (request) => client.embeddings.create(request);
  // The client asks for base64 unless it is told otherwise, and decodes it.
  const base64 = await create({ model, input: texts });
  const float = await create({ model, input: texts, encoding_format: 'float' });
  const single = await create({ model, input: texts[0], dimensions: 384, user: 'someone' });
  const models = await client.models.list();
  const errors = {
    unknownModel: await failure(create({ model: 'nope', input: 'x' })),
    noEmbeddings: await failure(create({ model: other, input: 'x' })),
    tokens: await failure(create({ model, input: [[1, 2, 3]] })),
    dimensions: await failure(create({ model, input: 'x', dimensions: 12 })),
  };
  console.log(JSON.stringify({
    object: base64.object,
    model: base64.model,
    indexes: base64.data.map((item) => item.index),
    usage: base64.usage,
    base64: base64.data.map((item) => item.embedding),
    float: float.data.map((item) => item.embedding),
    single: single.data.map((item) => item.embedding),
    models: models.data.length,
    errors,
  }));
}

main(process.argv.slice(2)).catch((e) => {
  console.error(e);
  process.exit(1);
});
