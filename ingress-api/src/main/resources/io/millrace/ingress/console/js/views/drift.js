// Drift of one version: features by windows, what happened meanwhile, and one feature in full.
import { get, modelPath } from '../api.js';
import { alertsChart } from '../charts/alerts.js';
import { h } from '../dom.js';
import { clock, duration, integer, pValue, significant, time, windowName } from '../format.js';
import { badge, driftBadge } from '../parts/badge.js';
import { csvButton, pngButton } from '../parts/download.js';
import { featureCards } from '../parts/feature.js';
import { modelHeading } from '../parts/heading.js';
import { heatmap, mapLegend } from '../parts/heatmap.js';
import { table } from '../parts/table.js';
import { permanentLink, toolbar, windowSelects } from '../parts/toolbar.js';
import { EVERY_MILLIS, happened, lengthOf, reports, reportsPath, spanOf, stateOf, windowOf, within } from '../reports.js';
import { modelLink } from '../router.js';

export function driftView({ model, query }) {
  const state = {
    ...stateOf(query),
    version: query.get('version'),
    segment: query.get('segment'),
    feature: query.get('feature'),
    at: Number.isNaN(Date.parse(query.get('at'))) ? null : new Date(query.get('at')).toISOString(),
    method: query.get('method'),
  };
  return {
    title: `Drift of ${model}`,
    path: [[model, modelLink(model)], ['Drift', modelLink(model, 'drift')]],
    every: EVERY_MILLIS,
    load: signal => load(model, state, signal),
    render: (data, page) => render(model, data, page),
  };
}

async function load(model, state, signal) {
  const span = spanOf(state);
  const parameters = { version: state.version, segment: state.segment, window: windowOf(state) };
  const [drift, events] = await Promise.all([
    reports(reportsPath(model, 'drift', span, parameters), signal),
    happened(model, signal),
  ]);
  const windows = drift.windows.map(window => ({ at: Date.parse(window.start), end: Date.parse(window.end), features: window.features }));
  const at = openWindow(windows, state);
  const path = state.feature && `drift/${encodeURIComponent(state.feature)}`;
  const [whole, history] = state.feature
    ? await Promise.all([
      at === null ? null : get(modelPath(model, `/${path}?${new URLSearchParams(defined({ ...parameters, version: drift.version, at: new Date(at).toISOString() }))}`), signal),
      // The short reports have the decisive score alone.
      state.method ? reports(reportsPath(model, path, span, { ...parameters, version: drift.version }), signal) : null,
    ])
    : [null, null];
  return { state, span, drift, windows, events, at, whole: whole?.windows[0] ?? null, history: history?.windows ?? null };
}

function defined(parameters) {
  return Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined);
}

/** The start of the window of the open feature: the one that the link says, else its last one. */
function openWindow(windows, { feature, at }) {
  const having = windows.filter(window => window.features.some(one => one.feature === feature));
  const moment = at === null ? null : Date.parse(at);
  return (having.find(window => moment !== null && moment >= window.at && moment < window.end) ?? having.at(-1))?.at ?? null;
}

function render(model, data, page) {
  const { state, drift, windows } = data;
  const link = changes => modelLink(model, 'drift', { ...state, ...changes });
  const path = reportsPath(model, 'drift', data.span, { version: drift.version, segment: state.segment, window: windowOf(state) });
  const selects = [
    {
      label: 'Version',
      value: drift.version ?? '',
      options: drift.available.versions.map(version => [version, version]),
      choose: version => link({ version }),
    },
    {
      label: 'Segment',
      value: drift.segment,
      options: drift.available.segments.map(segment => [segment, segment === 'all' ? 'all requests' : segment]),
      choose: segment => link({ segment: segment === 'all' ? null : segment }),
    },
    ...windowSelects(state, drift.available, link),
  ];
  return [
    modelHeading(model, 'drift'),
    toolbar(selects, windows.length > 0 && permanentLink(state, link)),
    rebuilding(drift),
    ...(windows.length === 0 ? [empty(drift, state)] : cards(model, data, link, path, page)),
  ];
}

/** Something is missing for now; null when all is there. */
export function rebuilding({ complete_until: until }) {
  return until === null && h('p', { class: 'notice info', key: 'rebuilding' },
    h('strong', null, 'Reports are being read. '), 'Until that is done some are missing here.');
}

/** Why nothing is shown, and what to do about it. */
export function empty({ window, available, segment }, state) {
  const others = available.windows.filter(one => one !== window);
  return h('section', { class: 'card empty-state', key: 'empty' },
    h('h2', null, available.versions.length === 0 ? 'No reports yet' : 'No reports of these windows'),
    h('p', null, available.versions.length === 0
      ? `The inference job reports each window of ${duration(lengthOf(window) / 1000)} shortly after it has ended. Send requests, and wait for the first one.`
      : `There are none of windows of ${duration(lengthOf(window) / 1000)}${segment && segment !== 'all' ? `, segment ${segment},` : ''} in this time.`),
    available.versions.length > 0 && h('p', null,
      state.from !== null ? 'Show a later time' : 'Show more windows',
      others.length > 0 ? `, or windows of ${others.map(one => duration(lengthOf(one) / 1000)).join(' or ')}` : '', ', above.'));
}

function cards(model, data, link, path, page) {
  const { drift, windows, events, state, at } = data;
  const length = lengthOf(windowOf(state));
  const starts = columns(windows, length);
  const rows = rowsOf(windows);
  const meanwhile = within(events, starts[0], starts.at(-1) + length);
  const shown = windowName(starts[0], starts.at(-1) + length);
  return [
    h('section', { class: 'card', key: 'features' },
      h('div', { class: 'row' },
        h('h2', null, 'Features by window'),
        h('p', { class: 'buttons' }, csvButton(path, `${model}-drift`, page))),
      latest(windows.at(-1)),
      heatmap(rows, starts, length, meanwhile, { feature: state.feature, at }, (feature, start) =>
        link({ feature, at: start === null ? null : new Date(start).toISOString(), method: feature === state.feature ? state.method : null })),
      mapLegend()),
    state.feature && featureCards(model, data, link, meanwhile, page),
    h('section', { class: 'card', key: 'alerts' },
      h('div', { class: 'row' },
        h('h2', null, 'Alerts and deployments'),
        h('p', { class: 'buttons' }, pngButton(`${model}-alerts`, `Features of ${model} that drift`, `${drift.version}, ${drift.segment}, ${shown}`))),
      h('div', {
        class: 'chart low',
        role: 'img',
        'aria-label': `How many features drift, in ${windows.length} windows. The list below says which, and what was deployed.`,
        opaque: true,
        draw: element => alertsChart(element, windows.map(window => {
          const drifting = window.features.filter(feature => feature.verdict === 'drift').map(feature => feature.feature);
          return { at: window.at, end: window.end, drifting: drifting.length, features: drifting };
        }), meanwhile),
      }),
      timeline(rows, windows, meanwhile, link)),
  ];
}

/** All windows from the first to the last report, also those without one. */
function columns(windows, length) {
  const starts = new Set(windows.map(window => window.at));
  for (let at = windows[0].at; at <= windows.at(-1).at; at += length) {
    starts.add(at);
  }
  return [...starts].sort((a, b) => a - b);
}

/** Those that drifted the most first. */
function rowsOf(windows) {
  const rows = new Map();
  for (const window of windows) {
    for (const drift of window.features) {
      if (!rows.has(drift.feature)) {
        rows.set(drift.feature, { feature: drift.feature, cells: new Map(), drifts: 0 });
      }
      const row = rows.get(drift.feature);
      row.cells.set(window.at, drift);
      row.drifts += drift.verdict === 'drift' ? 1 : 0;
    }
  }
  return [...rows.values()].sort((a, b) => b.drifts - a.drifts || a.feature.localeCompare(b.feature));
}

function latest({ at, end, features }) {
  const drifting = features.filter(feature => feature.verdict === 'drift');
  const small = features.filter(feature => feature.verdict === 'insufficient');
  const n = Math.max(...features.map(feature => feature.n));
  return h('p', null,
    'Latest window ', h('strong', null, windowName(at, end)), ` (${integer(n)} observations): `,
    small.length === features.length
      ? badge('plain', 'too few observations')
      : drifting.length === 0
        ? [badge('good', 'stable'), ` ${integer(features.length)} features`]
        : [driftBadge('drift'), ` ${drifting.length} of ${features.length} features: ${drifting.map(feature => feature.feature).join(', ')}`]);
}

/** Runs of windows in which a feature drifts, and what was deployed, the latest first. */
function timeline(rows, windows, meanwhile, link) {
  const alerts = rows.flatMap(row => runs(row, windows)).map(run => ({
    key: `${run.feature}-${run.from}`,
    at: run.from,
    what: driftBadge('drift'),
    details: [
      h('a', { href: link({ feature: run.feature, at: new Date(run.peak.at).toISOString(), method: null }) }, run.feature),
      run.goesOn ? ` since ${clock(run.from, false)}` : ` until ${clock(run.to, false)}`,
      `, ${run.count} ${run.count === 1 ? 'window' : 'windows'}, at most ${significant(run.peak.score)} (threshold ${significant(run.peak.threshold)}, p ${pValue(run.peak.p_value)})`,
    ],
  }));
  const deployments = meanwhile.map((event, index) => ({
    key: `event-${event.at}-${index}`,
    at: event.at,
    what: badge('candidate', event.label),
    details: [event.text, h('span', { class: 'faint' }, ` by ${event.by}`)],
  }));
  const all = [...alerts, ...deployments].sort((a, b) => b.at - a.at);
  return all.length === 0
    ? h('p', { class: 'empty' }, 'No feature drifted and nothing was deployed in this time.')
    : table('Alerts and deployments, the latest first', TIMELINE, all, one => one.key);
}

const TIMELINE = [
  { label: 'When', cell: one => time(new Date(one.at).toISOString()) },
  { label: 'What', cell: one => one.what },
  { label: 'Details', cell: one => one.details },
];

/** A window that is too small neither ends a run nor begins one. */
function runs({ feature, cells }, windows) {
  const found = [];
  let run = null;
  for (const { at, end } of windows) {
    const drift = cells.get(at);
    if (drift?.verdict === 'drift') {
      run ??= { feature, from: at, count: 0, peak: { score: -Infinity } };
      run.to = end;
      run.count++;
      if (drift.score > run.peak.score) {
        run.peak = { ...drift, at };
      }
    } else if (drift?.verdict === 'stable' && run) {
      found.push({ ...run, goesOn: false });
      run = null;
    }
  }
  return run ? [...found, { ...run, goesOn: true }] : found;
}
