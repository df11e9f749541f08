// The rollout of one model: where it is, what is known, what was decided, and what an operator may do.
import { get, modelPath } from '../api.js';
import { h } from '../dom.js';
import { integer, time } from '../format.js';
import { actions } from '../parts/actions.js';
import { phaseBadge } from '../parts/badge.js';
import { decisionLog } from '../parts/decisions.js';
import { evidenceCards } from '../parts/evidence.js';
import { modelHeading } from '../parts/heading.js';
import { stepper } from '../parts/stages.js';
import { trafficBar } from '../parts/traffic.js';
import { modelLink } from '../router.js';

export function rolloutView({ model }) {
  return {
    title: `Rollout of ${model}`,
    path: [[model, modelLink(model)], ['Rollout', modelLink(model, 'rollout')]],
    load: signal => load(model, signal),
    render: ({ rollout }, page) => render(model, rollout, page),
  };
}

async function load(model, signal) {
  const { version } = await get(modelPath(model), signal);
  return { rollout: version ? await get(modelPath(model, '/rollout'), signal) : null };
}

function render(model, rollout, page) {
  if (!rollout) {
    return [
      modelHeading(model, 'rollout'),
      h('p', { class: 'empty', key: 'none' }, 'This model is not deployed, so there is nothing to roll out to.'),
    ];
  }
  return [
    modelHeading(model, 'rollout', phaseBadge(rollout.phase, rollout.paused)),
    summary(rollout, page),
    evidenceCards(rollout),
    h('section', { class: 'card flush', key: 'decisions' }, h('h2', null, 'Decisions'), decisionLog(rollout)),
  ];
}

function summary(rollout, page) {
  return h('section', { class: 'card', key: 'summary' },
    h('div', { class: 'row' },
      h('h2', null, rollout.plan ? 'Rollout' : 'Deployment'),
      h('p', { class: 'faint' }, `Revision ${integer(rollout.revision)}`,
        rollout.started_at && [', started ', time(rollout.started_at)])),
    notice(rollout),
    rollout.plan && stepper(rollout),
    trafficBar(rollout.traffic),
    actions(rollout, page));
}

/** What an operator should know first; null when all goes its way. */
function notice(rollout) {
  if (rollout.phase === 'loading') {
    return h('p', { class: 'notice info' }, h('strong', null, 'Loading. '), loaded(rollout),
      ' Traffic stays as it was until then.');
  }
  const last = rollout.decisions.find(decision => decision.revision === rollout.revision);
  if (['rolled_back', 'rejected'].includes(rollout.phase)) {
    const title = rollout.phase === 'rejected'
      ? 'Rejected.'
      : last?.action === 'abort' ? `Aborted by ${last.by}.` : 'Rolled back.';
    return h('p', { class: 'notice bad' }, h('strong', null, title), ' ', last?.reason);
  }
  if (rollout.paused) {
    return h('p', { class: 'notice warn' }, h('strong', null, 'Paused. '), last?.reason,
      ' It does not go on by itself; evidence can still take the candidate back.');
  }
  return null;
}

function loaded({ loaded: ready, subtasks }) {
  return subtasks > 0
    ? `The versions are loaded and warm in ${integer(ready)} of ${integer(subtasks)} subtasks.`
    : 'No subtask has told yet whether it has loaded the versions.';
}
