// How right versions are, side by side: with labels in confidence bands, and estimated without.
import { get, modelPath } from '../api.js';
import { accuracyChart, calibrationChart } from '../charts/accuracy.js';
import { styleOf } from '../charts/versions.js';
import { h } from '../dom.js';
import { NONE, duration, integer, percent, score, windowName } from '../format.js';
import { badge } from '../parts/badge.js';
import { csvButton, pngButton } from '../parts/download.js';
import { modelHeading } from '../parts/heading.js';
import { table } from '../parts/table.js';
import { permanentLink, toolbar, windowSelects } from '../parts/toolbar.js';
import { swatch } from '../parts/versions.js';
import { EVERY_MILLIS, happened, lengthOf, reports, reportsPath, spanOf, stateOf, windowOf, within } from '../reports.js';
import { modelLink, queryOf } from '../router.js';
import { empty, rebuilding } from './drift.js';

export function qualityView({ model, query }) {
  const state = {
    ...stateOf(query),
    segment: query.get('segment'),
    version: query.get('version'),
    at: Number.isNaN(Date.parse(query.get('at'))) ? null : new Date(query.get('at')).toISOString(),
  };
  return {
    title: `Quality of ${model}`,
    path: [[model, modelLink(model)], ['Quality', modelLink(model, 'quality')]],
    every: EVERY_MILLIS,
    load: signal => load(model, state, signal),
    render: (data, page) => render(model, data, page),
  };
}

async function load(model, state, signal) {
  const span = spanOf(state);
  const parameters = { segment: state.segment, window: windowOf(state) };
  const [quality, events] = await Promise.all([
    reports(reportsPath(model, 'quality', span, parameters), signal),
    happened(model, signal),
  ]);
  const open = openWindow(quality.windows, state);
  const whole = open && (await get(modelPath(model, `/quality?${queryOf({ ...parameters, version: open.version, at: open.start })}`), signal)).windows[0];
  return { state, span, quality, events, whole };
}

/** The window that the link says, else the last one that has labels. */
function openWindow(windows, { version, at }) {
  const those = windows.filter(window => version === null || window.version === version);
  return those.find(window => at !== null && Date.parse(window.start) === Date.parse(at))
    ?? lastLabelled(those) ?? null;
}

/** Feedback comes late, so the very last windows have little of it. */
function lastLabelled(windows) {
  const usual = Math.max(0, ...windows.map(window => window.label_coverage ?? 0));
  return windows.findLast(window => window.labelled > 0 && window.label_coverage >= usual / 2) ?? windows.at(-1);
}

function render(model, data, page) {
  const { state, quality } = data;
  const link = changes => modelLink(model, 'quality', { ...state, ...changes });
  const selects = [
    {
      label: 'Segment',
      value: quality.segment,
      options: quality.available.segments.map(segment => [segment, segment === 'all' ? 'all requests' : segment]),
      choose: segment => link({ segment: segment === 'all' ? null : segment }),
    },
    ...windowSelects(state, quality.available, link),
  ];
  return [
    modelHeading(model, 'quality'),
    toolbar(selects, quality.windows.length > 0 && permanentLink(state, link)),
    rebuilding(quality),
    ...(quality.windows.length === 0 ? [empty(quality, state)] : cards(model, data, link, page)),
  ];
}

function cards(model, data, link, page) {
  const { state, span, quality, events, whole } = data;
  const versions = byVersion(quality.windows);
  const length = lengthOf(windowOf(state));
  const starts = quality.windows.map(window => Date.parse(window.start));
  const shown = { from: Math.min(...starts), to: Math.max(...starts) + length };
  const floor = quality.windows.findLast(window => window.accuracy_floor !== null)?.accuracy_floor ?? null;
  const estimates = quality.windows.some(window => window.estimated_accuracy !== null);
  const path = reportsPath(model, 'quality', span, { segment: state.segment, window: windowOf(state) });
  return [
    h('section', { class: 'card', key: 'accuracy' },
      h('div', { class: 'row' },
        h('h2', null, 'Accuracy of the versions'),
        h('p', { class: 'buttons' },
          csvButton(path, `${model}-quality`, page),
          pngButton(`${model}-accuracy`, `Accuracy of ${model}`, `${quality.segment}, ${windowName(shown.from, shown.to)}, bands: Wilson 95%; dotted: estimates without labels`,
            () => versions.map(({ version, place }) => [version, styleOf(place).colour])))),
      h('ul', { class: 'legend' },
        versions.map(({ version, place }) => h('li', { key: version }, swatch(place), h('span', { class: 'version' }, version))),
        estimates && h('li', null, h('span', { class: 'line dotted', 'aria-hidden': 'true' }), 'estimate without labels (CBPE)'),
        floor !== null && h('li', null, h('span', { class: 'line floor', 'aria-hidden': 'true' }), `floor ${percent(floor)}`)),
      h('div', {
        class: 'chart tall',
        role: 'img',
        'aria-label': `Accuracy of ${versions.length} versions over time with their confidence bands. The numbers are in the table below.`,
        opaque: true,
        draw: element => accuracyChart(element, versions, shown, within(events, shown.from, shown.to), floor, estimates),
      }),
      h('p', { class: 'faint' }, 'The bands are 95% intervals of the answers with feedback. Where they do not overlap, the versions differ. An estimate is no measurement: it holds as long as the confidences are calibrated.'),
      h('details', { key: 'numbers' },
        h('summary', null, 'Numbers'),
        table('Quality by window and version, newest first', numbers(link), [...quality.windows].reverse(), window => `${window.version}-${window.start}`))),
    h('section', { class: 'card flush', key: 'latest' }, h('h2', null, 'Latest window with feedback of each version'),
      table('Latest window with feedback of each version', LATEST, versions.map(({ points, place }) => ({ place, ...lastLabelled(points) })), window => window.version)),
    whole && h('section', { class: 'card', key: 'whole' },
      h('div', { class: 'row' },
        h('h2', null, 'One window: ', h('span', { class: 'version' }, whole.version)),
        h('span', null, windowName(Date.parse(whole.start), Date.parse(whole.end))),
        h('p', { class: 'faint' }, `${integer(whole.labelled)} of ${integer(whole.answered)} answers have feedback`)),
      whole.labelled === 0
        ? h('p', { class: 'empty' }, 'No answer of this window has feedback yet. POST /v1/jobs/{id}/feedback says what was right.')
        : h('div', { class: 'sides' },
          h('div', { key: 'calibration' }, h('h3', null, 'Calibration'),
            h('div', {
              class: 'chart',
              role: 'img',
              'aria-label': `Calibration: expected error ${score(whole.ece)}. The numbers are in the table below.`,
              opaque: true,
              draw: element => calibrationChart(element, whole.calibration, versions.find(({ version }) => version === whole.version)?.place ?? 0),
            }),
            h('details', null, h('summary', null, 'Bins'),
              table('Calibration', CALIBRATION, whole.calibration, bin => String(bin.lower)))),
          h('div', { key: 'classes' }, h('h3', null, 'Classes, the worst first'),
            table('Classes', CLASSES, [...whole.classes].sort((a, b) => f1(a) - f1(b)), one => one.label)))),
  ];
}

/** Each version with its windows; the order decides its colour, so it is by name. */
function byVersion(windows) {
  const versions = new Map();
  for (const window of windows) {
    const point = { ...window, at: (Date.parse(window.start) + Date.parse(window.end)) / 2 };
    versions.set(window.version, [...(versions.get(window.version) ?? []), point]);
  }
  return [...versions.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((version, place) => ({ version, place, points: versions.get(version) }));
}

function interval(window) {
  return window.accuracy_lower === null ? NONE : `${percent(window.accuracy_lower)} to ${percent(window.accuracy_upper)}`;
}

function belowFloor({ accuracy_upper: upper, accuracy_floor: floor }) {
  return floor !== null && upper !== null && upper < floor;
}

const ACCURACY = [
  { label: 'Accuracy', number: true, cell: window => [percent(window.accuracy), belowFloor(window) && [' ', badge('bad', 'below the floor')]] },
  { label: '95% interval', number: true, cell: interval },
  { label: 'Estimate', number: true, cell: window => (window.estimated_accuracy === null ? NONE : `≈ ${percent(window.estimated_accuracy)}`) },
  { label: 'Answered', number: true, cell: window => integer(window.answered) },
  { label: 'With feedback', number: true, cell: window => [integer(window.labelled), h('span', { class: 'faint' }, ` ${percent(window.label_coverage, 0)}`)] },
];

const LATEST = [
  { label: 'Version', heading: true, cell: window => [swatch(window.place), h('span', { class: 'version' }, window.version)] },
  { label: 'Window', cell: window => h('span', { class: 'nowrap' }, windowName(Date.parse(window.start), Date.parse(window.end))) },
  ...ACCURACY,
  { label: 'Feedback after', number: true, cell: window => (window.label_delay_p50_seconds === null ? NONE : `${duration(Math.round(window.label_delay_p50_seconds))}, 95% ${duration(Math.round(window.label_delay_p95_seconds))}`) },
  { label: 'Macro F1', number: true, cell: window => score(window.macro_f1) },
  { label: 'ECE', number: true, cell: window => score(window.ece) },
  { label: 'Confidence', number: true, cell: window => percent(window.mean_confidence) },
  { label: 'Baseline', number: true, cell: window => percent(window.reference_accuracy) },
];

function numbers(link) {
  return [
    {
      label: 'Window',
      heading: true,
      cell: window => h('a', { href: link({ version: window.version, at: window.start }) }, windowName(Date.parse(window.start), Date.parse(window.end))),
    },
    { label: 'Version', cell: window => h('span', { class: 'version' }, window.version) },
    ...ACCURACY,
    { label: 'Macro F1', number: true, cell: window => score(window.macro_f1) },
    { label: 'ECE', number: true, cell: window => score(window.ece) },
    { label: 'Issue', number: true, cell: window => (window.revision > 0 ? `${window.revision + 1}, changed` : '1') },
  ];
}

const share = (part, whole) => (whole > 0 ? part / whole : null);
const f1 = ({ hits, predicted, support }) => (predicted + support > 0 ? 2 * hits / (predicted + support) : 1);

const CLASSES = [
  { label: 'Class', heading: true, cell: one => one.label },
  { label: 'Precision', number: true, cell: one => percent(share(one.hits, one.predicted)) },
  { label: 'Recall', number: true, cell: one => percent(share(one.hits, one.support)) },
  { label: 'F1', number: true, cell: one => score(f1(one)) },
  { label: 'n', number: true, cell: one => integer(one.support) },
];

const CALIBRATION = [
  { label: 'Confidence', heading: true, cell: bin => `${percent(bin.lower, 0)} to ${percent(bin.upper, 0)}` },
  { label: 'Mean', number: true, cell: bin => percent(bin.mean_confidence) },
  { label: 'Accuracy', number: true, cell: bin => percent(bin.accuracy) },
  { label: 'n', number: true, cell: bin => integer(bin.n) },
];
