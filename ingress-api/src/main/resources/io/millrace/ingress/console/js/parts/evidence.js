// What is known of the guarded metrics: now, over time, and at a decision.
import { bandChart } from '../charts/band.js';
import { h } from '../dom.js';
import { NONE, clock, integer, interval, percent, points, pointsOf } from '../format.js';
import { verdictBadge } from './badge.js';
import { metricEvents, metricLabel, shareOf } from './metrics.js';
import { stageName } from './stages.js';
import { table } from './table.js';

/** Rows that a table beside a chart has at most: what a chart of more shows, they say too. */
const ROWS = 60;

/** A card a metric; none without evidence. */
export function evidenceCards(rollout) {
  if (rollout.evidence.length === 0) {
    return null;
  }
  return h('section', { class: 'evidence', key: 'evidence' },
    h('h2', null, 'Evidence'),
    h('p', { class: 'help' },
      'Difference of the shares of bad answers, candidate less production, with its confidence band. ',
      'The band may be looked at at any time. Wholly above zero it takes the candidate back; wholly below the margin it lets it go on.'),
    h('div', { class: 'grid' }, rollout.evidence.map(evidence => card(evidence, rollout))));
}

function card(evidence, rollout) {
  const history = rollout.history.flatMap(({ at, phase, step, evidence: then }) =>
    then.filter(({ metric }) => metric === evidence.metric)
      .map(one => ({ at: Date.parse(at), stage: stageName(rollout.plan, phase, step), ...one })));
  const label = metricLabel(evidence.metric);
  return h('article', { class: 'card metric', key: evidence.metric },
    h('div', { class: 'row' }, h('h3', null, label), verdictBadge(evidence.verdict)),
    h('p', { class: 'faint' }, metricEvents(evidence)),
    figures(evidence, evidence.metric === 'agreement' ? rollout.plan?.agreement?.margin ?? NaN : null),
    h('div', {
      class: 'chart',
      role: 'img',
      'aria-label': `${label} over time, ${history.length} points. Now: ${sentence(evidence)}. The numbers are in the table below.`,
      opaque: true,
      draw: element => bandChart(element, history, evidence.margin),
    }),
    h('details', null,
      h('summary', null, 'Numbers'),
      table(`${label} over time, newest first`, HISTORY, history.slice(-ROWS).reverse(), point => String(point.at))));
}

/** @param allowed of agreement, the share of shadow answers that may differ; null of the other metrics */
function figures(evidence, allowed) {
  return h('dl', { class: 'figures' },
    figure('Difference', points(evidence.difference), band(evidence)),
    allowed === null
      ? figure('Margin', pointsOf(evidence.margin), `α ${evidence.alpha}`)
      : figure('May differ', percent(allowed), `α ${evidence.alpha}`),
    allowed === null && figure('Production', percent(shareOf(evidence.production), 2), count(evidence.production)),
    figure('Candidate', percent(shareOf(evidence.candidate), 2), count(evidence.candidate)));
}

function figure(label, value, note) {
  return h('div', null, h('dt', null, label), h('dd', null, value, h('span', { class: 'faint' }, note)));
}

function count({ observations, events }) {
  return `${integer(events)} of ${integer(observations)}`;
}

function band({ lower, upper }) {
  return interval(lower, upper) ?? 'no band yet';
}

function sentence(evidence) {
  return evidence.difference == null
    ? 'no observations'
    : `${points(evidence.difference)}, band ${band(evidence)}, ${evidence.verdict.replaceAll('_', ' ')}`;
}

/** The numbers of some evidence, a row a metric. */
export function evidenceTable(caption, evidence) {
  return table(caption, NUMBERS, evidence, one => one.metric);
}

const DIFFERENCE = [
  { label: 'Difference', number: true, cell: one => points(one.difference) },
  { label: 'Lower', number: true, cell: one => points(one.lower) },
  { label: 'Upper', number: true, cell: one => points(one.upper) },
];

const ARMS = [
  { label: 'n production', number: true, cell: one => (one.metric === 'agreement' ? NONE : integer(one.production.observations)) },
  { label: 'bad', number: true, cell: one => (one.metric === 'agreement' ? NONE : integer(one.production.events)) },
  { label: 'n candidate', number: true, cell: one => integer(one.candidate.observations) },
  { label: 'bad', number: true, cell: one => integer(one.candidate.events) },
];

const VERDICT = { label: 'Verdict', cell: one => verdictBadge(one.verdict) };

const NUMBERS = [
  { label: 'Metric', heading: true, cell: one => metricLabel(one.metric) },
  VERDICT,
  ...DIFFERENCE,
  { label: 'Margin', number: true, cell: one => pointsOf(one.margin) },
  ...ARMS,
];

const HISTORY = [
  { label: 'Time', heading: true, cell: one => h('time', { datetime: new Date(one.at).toISOString() }, clock(one.at)) },
  { label: 'Stage', cell: one => one.stage },
  VERDICT,
  ...DIFFERENCE,
  ...ARMS,
];
