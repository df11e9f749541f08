// Starts a rollout: chooses the candidate, and asks why when it was not evaluated.
import { get, modelPath, post } from '../api.js';
import { h, show } from '../dom.js';
import { percent, time } from '../format.js';
import { badge } from './badge.js';
import { ask, reasonField } from './dialog.js';

export async function startRollout({ model, traffic }, page) {
  let versions;
  let evaluations;
  try {
    const [registered, evaluated] = await Promise.all([
      get(modelPath(model, '/versions')),
      get(modelPath(model, '/evaluations')),
    ]);
    versions = registered.versions.map(({ version }) => version).filter(version => version !== traffic.version).reverse();
    evaluations = evaluated.evaluations;
  } catch {
    page.refresh(); // Says what is wrong.
    return;
  }
  open(model, traffic.version, versions, evaluations, page);
}

function open(model, production, versions, evaluations, page) {
  const choice = h('select', { id: 'candidate', required: true },
    versions.map(version => h('option', { value: version }, version)));
  const evaluation = h('div', { class: 'field', 'aria-live': 'polite' });
  const override = reasonField('Why it starts without a passed evaluation', true);

  const known = () => evaluations.find(entry => entry.candidate === choice.value && entry.production === production);

  function chosen() {
    const found = known();
    show(evaluation, describe(found, production));
    needOverride(!found?.passed);
  }

  function needOverride(needed) {
    override.node.hidden = !needed;
    override.input.required = needed;
  }

  choice.addEventListener('change', chosen);
  chosen();
  ask({
    title: `Start a rollout of ${model}`,
    fields: versions.length === 0
      ? h('p', null, `No version but ${production}, which is in production, is registered.`)
      : [
        h('p', null, 'The candidate goes from shadow over canary steps to all requests by itself, and is taken back when it is worse than ',
          h('span', { class: 'version' }, production), '.'),
        h('div', { class: 'field' }, h('label', { for: 'candidate' }, 'Candidate'), choice),
        evaluation,
        override.node,
      ],
    confirm: 'Start',
    impossible: versions.length === 0,
    send: () => post(modelPath(model, '/rollout/start'), {
      candidate: choice.value,
      ...(override.node.hidden ? {} : { override_evaluation: override.input.value.trim() }),
    }),
    done: () => page.done('The rollout starts.'),
    refused: error => error.is?.('evaluation-required') && needOverride(true),
  });
}

function describe(evaluation, production) {
  if (!evaluation) {
    return [badge('warn', 'not evaluated'), ` No evaluation against ${production} is known.`];
  }
  const { passed, failures, metrics, created_at: at } = evaluation;
  return [
    passed ? badge('good', 'passed') : badge('bad', 'not passed'),
    ' Evaluated ', time(at), `: accuracy ${percent(metrics.accuracy_candidate)} against ${percent(metrics.accuracy_production)}.`,
    failures.length > 0 && h('ul', { class: 'failures' }, failures.map(failure => h('li', null, failure))),
  ];
}
