// The stages of a rollout, one after the other.
import { h } from '../dom.js';
import { shortPercent, words } from '../format.js';

/** The stages of a plan: `{ phase, step, label }`. */
export function stagesOf(plan) {
  return [
    ...(plan.shadow_share > 0 ? [{ phase: 'shadow', step: -1, label: 'Shadow' }] : []),
    ...plan.steps.map((share, step) => ({ phase: 'canary', step, label: shortPercent(share) })),
    { phase: 'promoted', step: -1, label: '100%' },
  ];
}

/** The last stage that the revision reached; -1 when its versions still load. */
export function stageReached(rollout, stages) {
  const index = ({ phase, step }) => stages.findIndex(stage => stage.phase === phase && stage.step === step);
  const now = index(rollout);
  return now >= 0 || rollout.phase === 'loading'
    ? now
    : Math.max(-1, ...rollout.decisions.filter(decision => decision.revision === rollout.revision).map(index));
}

export function stepper(rollout) {
  const stages = stagesOf(rollout.plan);
  const reached = stageReached(rollout, stages);
  const ended = ['rolled_back', 'rejected'].includes(rollout.phase);
  return h('ol', { class: 'stages', 'aria-label': 'Stages' }, stages.map((stage, index) => {
    const [kind, note] = stageState(rollout, index, reached, ended);
    return h('li', { class: kind, 'aria-current': index === reached && !ended && 'step' },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('span', { class: 'label' }, stage.label),
      h('span', { class: 'note' }, note));
  }));
}

function stageState(rollout, index, reached, ended) {
  if (index > reached) {
    return ended ? ['never', 'not reached'] : ['ahead', 'ahead'];
  }
  if (index < reached || rollout.phase === 'promoted') {
    return ['done', 'done'];
  }
  if (ended) {
    return ['failed', rollout.phase === 'rejected' ? 'rejected' : 'rolled back'];
  }
  return rollout.paused ? ['paused', 'paused'] : ['now', 'now'];
}

/** What a point in time is called: shadow, 25%. */
export function stageName(plan, phase, step) {
  return phase === 'canary' && plan?.steps[step] !== undefined ? shortPercent(plan.steps[step]) : words(phase);
}
