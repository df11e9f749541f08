// Words with a colour. The word says it; the colour only helps.
import { h } from '../dom.js';
import { words } from '../format.js';

const PHASES = {
  loading: 'info',
  active: 'plain',
  shadow: 'info',
  canary: 'info',
  promoted: 'good',
  rolled_back: 'bad',
  rejected: 'bad',
};

const VERDICTS = {
  insufficient: ['plain', 'too few observations'],
  undecided: ['info', 'undecided'],
  not_worse: ['good', 'not worse'],
  worse: ['bad', 'worse'],
};

export function badge(tone, text) {
  return h('span', { class: `badge ${tone}` }, text);
}

export function phaseBadge(phase, paused) {
  return [badge(PHASES[phase] ?? 'plain', words(phase)), paused && [' ', badge('warn', 'paused')]];
}

export function verdictBadge(verdict) {
  const [tone, text] = VERDICTS[verdict] ?? ['plain', words(verdict)];
  return badge(tone, text);
}

const DRIFT = {
  drift: ['bad', '▲ drift'],
  stable: ['good', 'stable'],
  insufficient: ['plain', 'too few observations'],
};

export function driftBadge(verdict) {
  const [tone, text] = DRIFT[verdict] ?? ['plain', words(verdict)];
  return badge(tone, text);
}
