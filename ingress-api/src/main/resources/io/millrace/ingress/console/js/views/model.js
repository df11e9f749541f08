// One model: its deployment, its versions and how candidates were evaluated.
import { get, modelPath } from '../api.js';
import { h } from '../dom.js';
import { NONE, bytes, duration, integer, percent, pointsOf, ratio, score, shortPercent, time, words } from '../format.js';
import { badge, phaseBadge } from '../parts/badge.js';
import { modelHeading } from '../parts/heading.js';
import { metricLabel } from '../parts/metrics.js';
import { settings, table } from '../parts/table.js';
import { trafficBar } from '../parts/traffic.js';
import { modelLink } from '../router.js';

export function modelView({ model }) {
  return {
    title: model,
    path: [[model, modelLink(model)]],
    load: signal => load(model, signal),
    render: data => render(model, data),
  };
}

async function load(model, signal) {
  const { version } = await get(modelPath(model), signal);
  // Of what is not deployed there is no deployment, and asking is an error in the browser's log.
  const deployed = what => (version ? get(modelPath(model, what), signal) : null);
  const [{ versions }, { evaluations }, deployment, rollout] = await Promise.all([
    get(modelPath(model, '/versions'), signal),
    get(modelPath(model, '/evaluations'), signal),
    deployed('/deployment'),
    deployed('/rollout'),
  ]);
  return { versions, evaluations, deployment, rollout };
}

function render(model, { versions, deployment, evaluations, rollout }) {
  return [
    modelHeading(model, '', rollout && phaseBadge(rollout.phase, rollout.paused)),
    deployment ? deploymentCards(deployment) : h('p', { class: 'empty', key: 'deployment' }, 'This model is not deployed.'),
    section('Versions', versions.length === 0
      ? h('p', { class: 'empty' }, 'No version is registered.')
      : table('Versions', VERSIONS, [...versions].reverse(), version => version.version)),
    section('Evaluations', evaluations.length === 0
      ? h('p', { class: 'empty' }, 'No candidate was evaluated yet.')
      : table('Evaluations', EVALUATIONS, evaluations, evaluation => evaluation.id)),
  ];
}

function section(title, ...content) {
  return h('section', { class: 'card flush', key: title }, h('h2', null, title), content);
}

function deploymentCards(deployment) {
  const { batching, rollout: plan } = deployment;
  return [
    h('section', { class: 'card', key: 'deployment' },
      h('div', { class: 'row' },
        h('h2', null, 'Deployment'),
        h('p', { class: 'faint' }, `Revision ${integer(deployment.revision)}, by `,
          deployment.updated_by || 'unknown', ', ', time(deployment.updated_at))),
      trafficBar(deployment.traffic),
      settings([
        ['Version', version(deployment.version)],
        ['Candidate', deployment.candidate ? version(deployment.candidate.version) : NONE],
        ['Fallback', deployment.fallback_version ? version(deployment.fallback_version) : NONE],
        ['Result cache', deployment.cache_ttl_seconds > 0 ? duration(deployment.cache_ttl_seconds) : 'off'],
        ['Stale answers', deployment.stale_ttl_seconds > 0 ? duration(deployment.stale_ttl_seconds) : 'off'],
        ['Rows a batch', batched(batching, 'max_batch_size', integer)],
        ['Tokens a batch', batched(batching, 'max_batch_tokens', integer)],
        ['Batch delay', batched(batching, 'max_batch_delay_ms', millis => `${integer(millis)} ms`)],
        ['Call time-out', millis(deployment.call_timeout_ms)],
        ['Price an hour', deployment.price_per_hour ?? 'unknown'],
      ])),
    plan && h('section', { class: 'card', key: 'plan' }, h('h2', null, 'Rollout plan'), planSettings(plan)),
  ];
}

function batched(batching, setting, format) {
  const value = batching?.[setting] ?? null;
  return value === null ? 'as packaged' : format(value);
}

function millis(value) {
  return value === null ? 'of the job' : duration(value / 1000);
}

function planSettings(plan) {
  const guards = ['error_rate', 'latency', 'accuracy', 'agreement'].map(metric => ({ metric, guard: plan[metric] }));
  return [
    settings([
      ['Shadow', plan.shadow_share > 0 ? shortPercent(plan.shadow_share) : 'none'],
      ['Steps', plan.steps.map(shortPercent).join(', ')],
      ['Observations a version', `≥ ${integer(plan.min_observations)}`],
      ['Bad events to roll back', `≥ ${integer(plan.min_events)}`],
      ['Longest stage', duration(plan.max_stage_seconds)],
      ['Chance of a false rollback', `≤ ${shortPercent(plan.alpha)}`],
      plan.evaluation_id && ['Evaluation', h('code', null, plan.evaluation_id)],
      plan.evaluation_override && ['Started without evaluation', plan.evaluation_override],
    ]),
    table('Guards', GUARDS, guards, guard => guard.metric),
  ];
}

const GUARDS = [
  { label: 'Guard', heading: true, cell: ({ metric }) => metricLabel(metric) },
  { label: 'Margin', number: true, cell: ({ guard }) => (guard ? pointsOf(guard.margin) : 'off') },
  {
    label: 'Detectable effect',
    number: true,
    cell: ({ guard }) => (guard ? pointsOf(guard.minimum_detectable_effect) : NONE),
  },
  {
    label: 'Threshold',
    number: true,
    cell: ({ metric, guard }) => {
      if (metric !== 'latency' || !guard) {
        return NONE;
      }
      return guard.threshold_seconds ? duration(guard.threshold_seconds) : '1.3 × p99';
    },
  },
];

const VERSIONS = [
  { label: 'Version', heading: true, cell: entry => version(entry.version) },
  { label: 'Role', cell: entry => (entry.role ? badge(entry.role, words(entry.role)) : NONE) },
  { label: 'Aliases', cell: entry => (entry.aliases?.length ? entry.aliases.join(', ') : NONE) },
  { label: 'Size', number: true, cell: entry => bytes(entry.size_bytes) },
  { label: 'Accuracy', number: true, cell: entry => percent(entry.baseline.accuracy) },
  { label: 'Macro F1', number: true, cell: entry => score(entry.baseline.macro_f1) },
  { label: 'Registered', cell: entry => time(entry.registered_at) },
];

const EVALUATIONS = [
  {
    label: 'Candidate',
    heading: true,
    cell: entry => [version(entry.candidate), h('span', { class: 'faint' }, ' vs '), version(entry.production)],
  },
  { label: 'Result', cell: entry => result(entry) },
  { label: 'Accuracy', number: true, cell: entry => percent(entry.metrics.accuracy_candidate) },
  { label: 'of production', number: true, cell: entry => percent(entry.metrics.accuracy_production) },
  { label: 'Agreement', number: true, cell: entry => percent(entry.metrics.agreement) },
  { label: 'Speed', number: true, cell: entry => ratio(entry.metrics.throughput_ratio) },
  { label: 'Size', number: true, cell: entry => ratio(entry.metrics.size_ratio) },
  { label: 'Data', cell: entry => [entry.data, h('span', { class: 'faint' }, ` ${integer(entry.rows)} rows`)] },
  { label: 'When', cell: entry => time(entry.created_at) },
];

function result({ passed, failures }) {
  return passed
    ? badge('good', 'passed')
    : [badge('bad', 'not passed'), h('ul', { class: 'failures' }, failures.map(failure => h('li', null, failure)))];
}

function version(name) {
  return h('span', { class: 'version' }, name);
}
