// The head of the pages of one model, with its sections.
import { h } from '../dom.js';
import { modelLink } from '../router.js';

const SECTIONS = [
  ['', 'Overview'],
  ['rollout', 'Rollout'],
  ['drift', 'Drift'],
  ['quality', 'Quality'],
  ['cost', 'Cost'],
];

export function modelHeading(model, section, ...beside) {
  return h('div', { class: 'heading', key: 'heading' },
    h('div', { class: 'row' }, h('h1', null, model), beside),
    h('nav', { class: 'tabs', 'aria-label': 'Sections' }, h('ul', null, SECTIONS.map(([id, label]) =>
      h('li', null, h('a', { href: modelLink(model, id), 'aria-current': id === section && 'page' }, label))))));
}
