// What an operator may do with a rollout.
import { modelPath, post } from '../api.js';
import { h } from '../dom.js';
import { ask, reasonField } from './dialog.js';
import { startRollout } from './start.js';

/** Phases in which a rollout is under way. */
const RUNNING = ['loading', 'shadow', 'canary'];

const ACTIONS = [
  {
    name: 'pause',
    label: 'Pause',
    applies: rollout => isServing(rollout) && !rollout.paused,
    says: 'Traffic stays as it is and the rollout does not go on by itself. Evidence can still take the candidate back.',
  },
  {
    name: 'resume',
    label: 'Resume',
    applies: rollout => isServing(rollout) && rollout.paused,
    says: 'The rollout goes on by itself from where it is.',
  },
  {
    name: 'promote',
    label: 'Promote',
    applies: rollout => isServing(rollout),
    says: 'The candidate answers everything at once, whatever the evidence says.',
    needsReason: true,
  },
  {
    name: 'abort',
    label: 'Abort',
    applies: rollout => isRunning(rollout),
    says: 'The candidate is taken back at once. Production answers everything.',
    needsReason: true,
    danger: true,
  },
];

export function actions(rollout, page) {
  return h('div', { class: 'buttons', role: 'group', 'aria-label': 'Actions' },
    ACTIONS.map(action => h('button', {
      type: 'button',
      key: action.name,
      class: action.danger && 'danger',
      disabled: !action.applies(rollout),
      on: { click: () => confirm(action, rollout, page) },
    }, action.label)),
    h('button', {
      type: 'button',
      key: 'start',
      class: 'primary apart',
      disabled: isRunning(rollout),
      on: { click: () => startRollout(rollout, page) },
    }, 'Start a rollout'));
}

function isRunning({ plan, phase }) {
  return plan !== null && RUNNING.includes(phase);
}

function isServing({ plan, phase }) {
  return plan !== null && (phase === 'shadow' || phase === 'canary');
}

function confirm(action, { model, candidate }, page) {
  const reason = reasonField('Reason, for the decision log', Boolean(action.needsReason));
  ask({
    title: `${action.label} the rollout of ${model} ${candidate ?? ''}`.trim(),
    fields: [h('p', null, action.says), reason.node],
    confirm: action.label,
    danger: action.danger,
    send: () => {
      const text = reason.input.value.trim();
      return post(modelPath(model, `/rollout/${action.name}`), text ? { reason: text } : {});
    },
    done: () => page.done(`${action.label}: accepted.`),
  });
}
