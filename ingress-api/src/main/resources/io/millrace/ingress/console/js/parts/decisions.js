// The decision log, newest first.
import { h } from '../dom.js';
import { shortPercent, time, words } from '../format.js';
import { badge } from './badge.js';
import { evidenceTable } from './evidence.js';

const TONES = {
  promote: 'good',
  roll_back: 'bad',
  abort: 'bad',
  reject: 'bad',
  pause: 'warn',
};

export function decisionLog({ decisions }) {
  if (decisions.length === 0) {
    return h('p', { class: 'empty' }, 'Nothing was decided yet.');
  }
  return h('ol', { class: 'log' }, decisions.map(decision =>
    h('li', { key: `${decision.revision}.${decision.sequence}` },
      h('div', { class: 'when' }, time(decision.decided_at),
        h('span', { class: 'faint' }, `r${decision.revision}.${decision.sequence}`)),
      h('div', { class: 'what' }, badge(TONES[decision.action] ?? 'info', action(decision))),
      h('div', { class: 'why' },
        h('p', null, decision.reason),
        h('p', { class: 'faint' }, `by ${decision.by} · ${traffic(decision.traffic)}`),
        decision.evidence.length > 0 && h('details', null,
          h('summary', null, 'Evidence'),
          evidenceTable(`Evidence of decision ${decision.revision}.${decision.sequence}`, decision.evidence))))));
}

function action({ action: name, traffic: { weight } }) {
  return name === 'step' ? `step to ${shortPercent(weight)}` : words(name);
}

function traffic({ version, candidate, weight, shadow_share: shadow }) {
  if (!candidate) {
    return `${version} 100%`;
  }
  const seen = `${version} ${shortPercent(1 - weight)}, ${candidate} ${shortPercent(weight)}`;
  return shadow > 0 ? `${seen}, shadow ${shortPercent(shadow)}` : seen;
}
