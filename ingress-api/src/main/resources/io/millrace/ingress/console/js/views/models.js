// All models.
import { get } from '../api.js';
import { h } from '../dom.js';
import { NONE, integer, time } from '../format.js';
import { phaseBadge } from '../parts/badge.js';
import { table } from '../parts/table.js';
import { modelLink } from '../router.js';

export function modelsView() {
  return {
    title: 'Models',
    path: [],
    load: async signal => (await get('/v1/models', signal)).models,
    render,
  };
}

function render(models) {
  return [
    h('h1', { key: 'title' }, 'Models'),
    models.length === 0
      ? h('p', { class: 'empty', key: 'empty' },
        'No model is registered yet. Register one with ', h('code', null, './millrace models push'), '.')
      : h('div', { class: 'card flush', key: 'models' },
        table('Models', COLUMNS, models, model => model.name)),
  ];
}

const COLUMNS = [
  { label: 'Model', heading: true, cell: model => h('a', { href: modelLink(model.name) }, model.name) },
  { label: 'Phase', cell: model => phase(model) },
  { label: 'Production', cell: model => version(model.version) },
  { label: 'Candidate', cell: model => version(model.candidate) },
  { label: 'Revision', number: true, cell: model => integer(model.revision) },
  { label: 'Updated', cell: model => time(model.updated_at) },
];

function version(name) {
  return name ? h('span', { class: 'version' }, name) : NONE;
}

function phase({ name, phase: now, paused }) {
  return now
    ? h('a', { class: 'plain', href: modelLink(name, 'rollout') }, phaseBadge(now, paused))
    : h('span', { class: 'faint' }, 'not deployed');
}
