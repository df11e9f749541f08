// Calls the API. The key of the tab goes along as a header; it is never in a URL.

const KEY = 'millrace.key';
const PATIENCE_MILLIS = 10_000;

/** What the API or the way to it answered instead: problem details, where there are any. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The API answered ${status}.`);
    this.status = status;
    this.title = problem.title ?? `Status ${status}`;
    this.type = problem.type ?? '';
    this.violations = problem.errors ?? [];
  }

  /** Whether the problem is of this kind: the last part of its URN. */
  is(slug) {
    return this.type.endsWith(`:${slug}`);
  }
}

export const key = {
  get: () => sessionStorage.getItem(KEY),
  set: value => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

/** The path of a model in the API, or of something of it. */
export function modelPath(model, what = '') {
  return `/v1/models/${encodeURIComponent(model)}${what}`;
}

export function get(path, signal) {
  return call(path, { method: 'GET' }, signal);
}

export function post(path, body) {
  return call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Reports as comma-separated values; of several answers one text. */
export async function csv(path) {
  let text = '';
  for (let url = new URL(path, location.origin); url;) {
    const { body, next } = await call(url.pathname + url.search, { method: 'GET', headers: { Accept: 'text/csv' } }, null, lines);
    text += text === '' ? body : body.slice(body.indexOf('\n') + 1);
    url = next && new URL(next, url);
  }
  return text;
}

async function lines(response) {
  return { body: await response.text(), next: response.headers.get('Link')?.match(/<([^>]*)>; rel="next"/)?.[1] };
}

async function call(path, request, signal, read = json) {
  const headers = { Accept: 'application/json', ...request.headers };
  if (key.get()) {
    headers.Authorization = `Bearer ${key.get()}`;
  }
  const timeout = AbortSignal.timeout(PATIENCE_MILLIS);
  let response;
  try {
    response = await fetch(path, {
      ...request,
      headers,
      cache: 'no-store',
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw new ApiError(0, {
      title: 'No answer',
      detail: timeout.aborted
        ? `The API did not answer within ${PATIENCE_MILLIS / 1000} s.`
        : 'The API cannot be reached.',
    });
  }
  if (!response.ok) {
    throw new ApiError(response.status, await json(response) ?? {});
  }
  return read(response);
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    return null; // A proxy between us and the API answered, in a language of its own.
  }
}
