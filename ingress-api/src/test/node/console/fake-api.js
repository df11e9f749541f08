// Answers the console's calls in the browser, in place of the API, and notes them.
'use strict';
const { NOW } = require('./fixtures.js');
const { answer } = require('./fixtures-reports.js');

const PROBLEM = 'urn:millrace:problem:';

const problem = (status, slug, title, detail) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: PROBLEM + slug, title, status, detail, instance: '/' }),
});

const ok = (body, status = 200) => ({ status, contentType: 'application/json', body: JSON.stringify(body) });

class FakeApi {
  /** All calls: `{ method, path, url, headers, body }`. */
  calls = [];
  /** Calls without an answer. */
  pending = 0;
  /** The key that calls need; null for none. */
  key = null;
  /** What to answer every call with: a number of a status, 'offline', or null to answer as usual. */
  outage = null;
  /** What the next write is refused with: `[status, slug, title, detail]`. */
  refusal = null;

  constructor(models) {
    this.models = new Map(models.map(model => [model.name, model]));
  }

  async attach(context) {
    await context.route(url => url.pathname.startsWith('/v1/'), route => this.#handle(route));
  }

  writes() {
    return this.calls.filter(call => call.method === 'POST').map(({ path, body }) => ({ path, body }));
  }

  #handle(route) {
    const request = route.request();
    const url = new URL(request.url());
    const call = {
      method: request.method(),
      path: url.pathname,
      url: request.url(),
      parameters: url.searchParams,
      headers: request.headers(),
      body: request.postData() === null ? null : JSON.parse(request.postData()),
    };
    this.calls.push(call);
    this.pending++;
    const answered = this.outage === 'offline' ? route.abort() : route.fulfill(this.#answer(call));
    return answered.finally(() => this.pending--);
  }

  #answer(call) {
    if (this.outage !== null) {
      return problem(this.outage, 'starting', 'Starting', 'The server starts and does not know yet what is deployed.');
    }
    if (this.key !== null && call.headers.authorization !== `Bearer ${this.key}`) {
      return problem(401, 'unauthenticated', 'Unauthenticated',
        call.headers.authorization ? 'The API key is not known.' : 'Expected an API key.');
    }
    if (call.path === '/v1/models') {
      return ok({ models: [...this.models.values()].map(model => model.summary) });
    }
    const [, , , encoded, ...rest] = call.path.split('/');
    const name = decodeURIComponent(encoded);
    const model = this.models.get(name);
    if (!model) {
      return problem(404, 'unknown-model', 'Unknown model', `No model ${name} is deployed or registered.`);
    }
    if (call.method === 'POST') {
      return this.#write(model, rest.join('/'));
    }
    const reports = /^(drift|quality|cost)(\/|$)/.test(rest.join('/')) && answer(model.reports ?? null, NOW, rest.join('/'), call.parameters);
    if (!reports) {
      return this.#read(model, rest.join('/'));
    }
    return call.headers.accept === 'text/csv'
      ? { status: 200, contentType: 'text/csv; charset=utf-8', body: `window_start,what\r\n${reports.windows.map(window => `${window.start},${rest.join('/')}`).join('\r\n')}\r\n` }
      : ok(reports);
  }

  #read(model, what) {
    const found = {
      '': model.summary,
      versions: { versions: model.versions },
      deployment: model.deployment,
      rollout: model.rollout,
      evaluations: { evaluations: model.evaluations },
    }[what];
    return found ? ok(found) : problem(404, 'not-found', 'Not found', `The model ${model.name} is not deployed.`);
  }

  #write(model, what) {
    if (this.refusal !== null) {
      const refusal = this.refusal;
      this.refusal = null;
      return problem(...refusal);
    }
    if (what === 'rollout/pause') {
      model.rollout = { ...model.rollout, paused: true };
    }
    return ok(model.rollout, what === 'rollout/start' ? 202 : 200);
  }
}

module.exports = { FakeApi };
