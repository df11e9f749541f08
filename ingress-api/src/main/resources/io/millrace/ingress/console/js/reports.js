// What the pages of reports have in common: which windows are shown, and what happened to the model meanwhile.
import { get, modelPath } from './api.js';
import { shortPercent, words } from './format.js';
import { queryOf } from './router.js';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** How many windows can be asked for; the API gives more, but no screen has room for them. */
export const COUNTS = [30, 60, 120, 240];
const DEFAULT_COUNT = 60;
const MOST = 400;

/** Reports are made once a window: asking more often shows nothing new. */
export const EVERY_MILLIS = 15_000;

/** The length of a window in milliseconds: of 1m, 60000. */
export function lengthOf(window) {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(window) ?? [null, 1, 'm'];
  return Number(count) * UNITS[unit];
}

/** What the query of the hash says of all pages of reports; null for what it does not. */
export function stateOf(query) {
  const window = /^[1-9]\d{0,4}[smhd]$/.test(query.get('window') ?? '') ? query.get('window') : '1m';
  const last = Number(query.get('last'));
  return {
    window: window === '1m' ? null : window,
    last: Number.isInteger(last) && last > 0 && last <= MOST && last !== DEFAULT_COUNT ? last : null,
    from: timeOf(query.get('from')),
    to: timeOf(query.get('to')),
  };
}

function timeOf(text) {
  return text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
}

export function windowOf(state) {
  return state.window ?? '1m';
}

export function countOf(state) {
  return state.last ?? DEFAULT_COUNT;
}

/** From when to when the windows begin that are shown, milliseconds; `fixed` when the link says so. */
export function spanOf(state, now = Date.now()) {
  const length = lengthOf(windowOf(state));
  const fixed = state.from !== null && state.to !== null;
  const to = fixed ? Date.parse(state.to) : Math.floor(now / length) * length + 1;
  const from = fixed ? Math.max(Date.parse(state.from), to - MOST * length) : to - 1 - countOf(state) * length;
  return { from, to, fixed };
}

/** The path of reports in the API. */
export function reportsPath(model, what, span, parameters) {
  return modelPath(model, `/${what}?${queryOf({
    ...parameters,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
  })}`);
}

/** Reports, all of them: of several answers the windows of all. */
export async function reports(path, signal) {
  const first = await get(path, signal);
  for (let next = first.next; next;) {
    const url = new URL(path, location.origin);
    url.searchParams.set('from', next);
    const more = await get(url.pathname + url.search, signal);
    first.windows = [...first.windows, ...more.windows];
    next = more.next;
  }
  return first;
}

/** What was deployed and decided, the earliest first: `at`, `label`, `text`, `by`. */
export async function happened(model, signal) {
  const { version } = await get(modelPath(model), signal);
  if (!version) {
    return [];
  }
  const [deployment, rollout] = await Promise.all([
    get(modelPath(model, '/deployment'), signal),
    get(modelPath(model, '/rollout'), signal),
  ]);
  const decisions = rollout.decisions.map(decision => ({
    at: Date.parse(decision.decided_at),
    label: decision.action === 'step' ? shortPercent(decision.traffic.weight) : words(decision.action),
    text: decision.reason,
    by: decision.by,
  }));
  const deployed = deployment.updated_at
    ? [{ at: Date.parse(deployment.updated_at), label: `r${deployment.revision}`, text: `Revision ${deployment.revision} was deployed.`, by: deployment.updated_by || 'unknown' }]
    : [];
  return [...decisions, ...deployed].sort((a, b) => a.at - b.at);
}

/** Of what happened, that which is in a span. */
export function within(events, from, to) {
  return events.filter(({ at }) => at >= from && at <= to);
}
