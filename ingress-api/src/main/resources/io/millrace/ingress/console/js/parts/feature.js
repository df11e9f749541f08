// One feature in one window against its reference, and its score over time.
import { colour } from '../charts/colours.js';
import { histogram } from '../charts/histogram.js';
import { scoreChart } from '../charts/score.js';
import { h } from '../dom.js';
import { NONE, integer, pValue, percent, significant, windowName, words } from '../format.js';
import { lengthOf, reportsPath, windowOf } from '../reports.js';
import { badge, driftBadge } from './badge.js';
import { csvButton, pngButton } from './download.js';
import { table } from './table.js';

/** Categories beside each other; the rest is in the table. */
const MOST_CATEGORIES = 24;

export function featureCards(model, data, link, meanwhile, page) {
  const { state, drift, at, whole } = data;
  const close = h('a', { href: link({ feature: null, at: null, method: null }) }, 'Close');
  if (!whole) {
    return h('section', { class: 'card', key: 'feature' },
      h('div', { class: 'row' }, h('h2', null, state.feature), close),
      h('p', { class: 'empty' }, 'There is no report of this feature in this time.'));
  }
  const path = rows => reportsPath(model, `drift/${encodeURIComponent(state.feature)}`, data.span,
    { version: drift.version, segment: state.segment, window: windowOf(state), rows });
  return h('section', { class: 'feature', key: 'feature', 'aria-label': `Feature ${state.feature}` },
    h('article', { class: 'card', key: 'window' },
      h('div', { class: 'row' },
        h('h2', null, state.feature),
        h('span', null, windowName(Date.parse(whole.start), Date.parse(whole.end)), ' '),
        driftBadge(whole.verdict),
        whole.revision > 0 && badge('warn', `changed by ${integer(whole.late)} late`),
        h('p', { class: 'buttons' },
          csvButton(path('bins'), `${model}-${state.feature}-bins`, page),
          whole.bins.length > 0 && pngButton(`${model}-${state.feature}-histogram`, `${state.feature} of ${model} ${drift.version}`,
            `${windowName(at, at + lengthOf(windowOf(state)))}, n ${integer(whole.n)}, against ${referenceName(whole.reference)}`,
            () => [['reference', colour('--reference')], ['this window', colour('--production')], ['adds to the squared distance', colour('--warn')]]),
          close)),
      figures(whole),
      whole.bins.length > 0
        ? histogramOf(state.feature, whole)
        : h('p', { class: 'empty' }, whole.kind === 'embedding'
          ? 'Vectors have no histogram. The scores below compare their distributions as a whole.'
          : 'This window has no values, so there is no histogram.'),
      h('div', { class: 'sides' }, scores(whole), summaries(whole))),
    scoreCard(model, data, link, meanwhile, path, page));
}

function figures(whole) {
  const decisive = whole.scores.find(score => score.method === whole.method);
  return h('dl', { class: 'figures' },
    figure('Score', significant(decisive?.value), words(whole.method)),
    figure('Threshold', significant(decisive?.threshold), 'drift at and above'),
    figure('p, adjusted', pValue(decisive?.adjusted_p_value ?? decisive?.p_value), 'drift below 0.05'),
    figure('Observations', integer(whole.n), whole.missing > 0 ? `${integer(whole.missing)} without a value` : `reference ${integer(whole.reference.n)}`));
}

function figure(label, value, note) {
  return h('div', null, h('dt', null, label), h('dd', null, value, h('span', { class: 'faint' }, note)));
}

export function referenceName({ source, n, from, until }) {
  return source === 'package'
    ? `the package's reference, n ${integer(n)}`
    : `earlier windows, ${windowName(Date.parse(from), Date.parse(until))}, n ${integer(n)}`;
}

function histogramOf(feature, whole) {
  const bins = whole.bins.map(bin => ({ ...bin, label: binLabel(bin) }));
  const shown = whole.kind === 'categorical'
    ? [...bins].sort((a, b) => b.contribution - a.contribution).slice(0, MOST_CATEGORIES)
    : bins;
  const total = bins.reduce((sum, bin) => sum + bin.contribution, 0);
  return [
    h('ul', { class: 'legend' },
      h('li', null, h('span', { class: 'swatch reference', 'aria-hidden': 'true' }), `Reference (${referenceName(whole.reference)})`),
      h('li', null, h('span', { class: 'swatch production', 'aria-hidden': 'true' }), `This window (n ${integer(whole.n)})`),
      h('li', null, h('span', { class: 'swatch adds', 'aria-hidden': 'true' }), 'What the bin adds to the squared distance')),
    shown.length < bins.length && h('p', { class: 'faint' }, `The ${shown.length} categories of ${bins.length} that add the most.`),
    h('div', {
      class: 'chart tall',
      role: 'img',
      'aria-label': `Histogram of ${feature}: the window over its reference, ${shown.length} bins. The numbers are in the table below.`,
      opaque: true,
      draw: element => histogram(element, shown),
    }),
    h('details', { key: 'bins' },
      h('summary', null, 'Bins'),
      table(`Bins of ${feature}`, BINS, bins.map(bin => ({ ...bin, part: total > 0 ? bin.contribution / total : null })), bin => bin.label)),
  ];
}

function binLabel({ lower, upper, category }) {
  if (category !== null) {
    return category;
  }
  return lower === null || upper === null ? 'outside' : `${significant(lower)} to ${significant(upper)}`;
}

const BINS = [
  { label: 'Bin', heading: true, cell: bin => bin.label },
  { label: 'Reference', number: true, cell: bin => percent(bin.reference_share, 2) },
  { label: 'Window', number: true, cell: bin => percent(bin.share, 2) },
  { label: 'Adds', number: true, cell: bin => significant(bin.contribution) },
  { label: 'of the distance²', number: true, cell: bin => percent(bin.part) },
];

function scores({ scores: all, method }) {
  return h('div', { key: 'scores' }, h('h3', null, 'Scores'),
    table('Scores of the window', [
      { label: 'Method', heading: true, cell: score => [words(score.method), score.method === method && score === all.find(one => one.method === method) && [' ', badge('info', 'decides')]] },
      { label: 'Profile', cell: score => score.profile },
      { label: 'Value', number: true, cell: score => `${score.approximate ? '≈ ' : ''}${significant(score.value)}` },
      { label: 'Threshold', number: true, cell: score => significant(score.threshold) },
      { label: 'p, adjusted', number: true, cell: score => pValue(score.adjusted_p_value ?? score.p_value) },
    ], all, score => `${score.profile}-${score.method}`),
    all.some(score => score.approximate) && h('p', { class: 'faint' }, '≈ from a sketch: approximate.'));
}

const SUMMARY = [['Mean', 'mean'], ['Deviation', 'deviation'], ['Minimum', 'min'], ['5%', 'p05'], ['25%', 'p25'], ['Median', 'p50'], ['75%', 'p75'], ['95%', 'p95'], ['Maximum', 'max']];

function summaries({ reference_summary: reference, summary }) {
  return (reference || summary) && h('div', { key: 'summary' }, h('h3', null, 'Summary'),
    table('Summary of reference and window', [
      { label: '', heading: true, cell: ([label]) => label },
      { label: 'Reference', number: true, cell: ([, member]) => (reference ? significant(reference[member]) : NONE) },
      { label: 'Window', number: true, cell: ([, member]) => (summary ? significant(summary[member]) : NONE) },
    ], SUMMARY, ([label]) => label));
}

function scoreCard(model, data, link, meanwhile, path, page) {
  const { state, windows, whole, history, drift } = data;
  const points = history ? ofMethod(history, state.method) : decisive(windows, state.feature);
  const length = lengthOf(windowOf(state));
  const span = { from: points[0]?.start ?? data.span.from, to: (points.at(-1)?.start ?? data.span.to) + length };
  const methods = [...new Map(whole.scores.map(score => [`${score.profile}.${score.method}`, score])).entries()];
  const title = `${state.feature}: ${words(state.method?.split('.').at(-1) ?? whole.method)} over time`;
  return h('article', { class: 'card', key: 'score' },
    h('div', { class: 'row' },
      h('h2', null, 'Score over time'),
      h('label', { class: 'inline' }, h('span', { class: 'unseen' }, 'Score'),
        h('select', {
          on: { change: event => { location.hash = link({ method: event.currentTarget.value || null }); } },
          draw: element => { element.value = state.method ?? ''; },
        }, h('option', { value: '' }, `${words(whole.method)} (decides)`),
        methods.filter(([, score]) => score !== whole.scores.find(one => one.method === whole.method))
          .map(([id, score]) => h('option', { value: id }, `${words(score.method)}, ${score.profile}`)))),
      h('p', { class: 'buttons' },
        csvButton(path('scores'), `${model}-${state.feature}-scores`, page),
        pngButton(`${model}-${state.feature}-score`, title, `${model} ${drift.version}, ${drift.segment}, ${windowName(span.from, span.to)}`))),
    points.length === 0
      ? h('p', { class: 'empty' }, 'No window has this score.')
      : h('div', {
        class: 'chart',
        role: 'img',
        'aria-label': `${title}, ${points.length} windows, with its threshold. The numbers are in the table below.`,
        opaque: true,
        draw: element => scoreChart(element, points, span, meanwhile, data.at, point => {
          location.hash = link({ at: new Date(point.start).toISOString() });
        }),
      }),
    h('p', { class: 'faint' }, '▲ drift · filled: stable · hollow: too few observations · violet edge: changed by late data · dashed: threshold. A click on a point opens its window.'),
    h('details', { key: 'numbers' },
      h('summary', null, 'Numbers'),
      table(`${title}, newest first`, POINTS, [...points].reverse(), point => String(point.start))));
}

function decisive(windows, feature) {
  return windows.flatMap(window => window.features.filter(one => one.feature === feature).map(one => ({
    at: (window.at + window.end) / 2,
    start: window.at,
    end: window.end,
    ...one,
  })));
}

function ofMethod(history, method) {
  const [profile, name] = method.split('.');
  return history.flatMap(window => window.scores.filter(score => score.profile === profile && score.method === name).map(score => {
    const start = Date.parse(window.start);
    const end = Date.parse(window.end);
    return {
      at: (start + end) / 2, start, end, score: score.value, threshold: score.threshold, p_value: score.adjusted_p_value ?? score.p_value,
      verdict: window.verdict, n: window.n, missing: window.missing, revision: window.revision, late: window.late,
    };
  }));
}

const POINTS = [
  { label: 'Window', heading: true, cell: point => windowName(point.start, point.end) },
  { label: 'Verdict', cell: point => driftBadge(point.verdict) },
  { label: 'Score', number: true, cell: point => significant(point.score) },
  { label: 'Threshold', number: true, cell: point => significant(point.threshold) },
  { label: 'p, adjusted', number: true, cell: point => pValue(point.p_value) },
  { label: 'n', number: true, cell: point => integer(point.n) },
  { label: 'Missing', number: true, cell: point => integer(point.missing) },
  { label: 'Late', number: true, cell: point => (point.revision > 0 ? integer(point.late) : NONE) },
];
