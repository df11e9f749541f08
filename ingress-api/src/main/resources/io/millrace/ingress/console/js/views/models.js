// All models.
import { get, find, modelPath } from '../api.js';
import { h } from '../dom.js';
import { NONE, integer, shortPercent, time } from '../format.js';
import { phaseBadge } from '../parts/badge.js';
import { table } from '../parts/table.js';
import { modelLink } from '../router.js';

export function modelsView() {
  return { title: 'Models', path: [], load, render };
}

async function load(signal) {
  const { models } = await get('/v1/models', signal);
  return Promise.all(models.map(async model => ({
    ...model,
    rollout: model.version ? await find(modelPath(model.name, '/rollout'), signal) : null,
  })));
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
  { label: 'Production', cell: model => version(model.rollout?.traffic.version ?? model.version) },
  { label: 'Candidate', cell: ({ rollout }) => candidate(rollout) },
  { label: 'Phase', cell: model => phase(model) },
  { label: 'Revision', number: true, cell: model => integer(model.revision) },
  { label: 'Updated', cell: model => time(model.updated_at) },
];

function version(name) {
  return name ? h('span', { class: 'version' }, name) : NONE;
}

function candidate(rollout) {
  const traffic = rollout?.traffic;
  return traffic?.candidate
    ? [version(traffic.candidate), h('span', { class: 'faint' }, ` ${shortPercent(traffic.weight)}`)]
    : NONE;
}

function phase({ name, version: deployed, rollout }) {
  if (!deployed) {
    return h('span', { class: 'faint' }, 'not deployed');
  }
  return rollout
    ? h('a', { class: 'plain', href: modelLink(name, 'rollout') }, phaseBadge(rollout.phase, rollout.paused))
    : NONE;
}
