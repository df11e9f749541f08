// What versions cost, and what was saved.
import { colour } from '../charts/colours.js';
import { stackChart } from '../charts/stack.js';
import { styleOf } from '../charts/versions.js';
import { h } from '../dom.js';
import { NONE, integer, money, percent, seconds, windowName, words } from '../format.js';
import { csvButton, pngButton } from '../parts/download.js';
import { modelHeading } from '../parts/heading.js';
import { table } from '../parts/table.js';
import { permanentLink, toolbar, windowSelects } from '../parts/toolbar.js';
import { swatch } from '../parts/versions.js';
import { EVERY_MILLIS, happened, lengthOf, reports, reportsPath, spanOf, stateOf, windowOf, within } from '../reports.js';
import { modelLink } from '../router.js';
import { empty, rebuilding } from './drift.js';

const SAVINGS = ['cache', 'coalescing', 'batching', 'quantisation'];
const ALL = '';

export function costView({ model, query }) {
  const state = { ...stateOf(query), tenant: query.get('tenant'), in: query.get('in') === 'seconds' ? 'seconds' : null };
  return {
    title: `Cost of ${model}`,
    path: [[model, modelLink(model)], ['Cost', modelLink(model, 'cost')]],
    every: EVERY_MILLIS,
    load: signal => load(model, state, signal),
    render: (data, page) => render(model, data, page),
  };
}

async function load(model, state, signal) {
  const span = spanOf(state);
  const [cost, events] = await Promise.all([
    reports(reportsPath(model, 'cost', span, { window: windowOf(state) }), signal),
    happened(model, signal),
  ]);
  return { state, span, cost, events };
}

function render(model, data, page) {
  const { state, cost } = data;
  const link = changes => modelLink(model, 'cost', { ...state, ...changes });
  const tenants = [...new Set(cost.totals.map(total => total.tenant))].sort();
  const chosen = tenants.includes(state.tenant) ? state.tenant : ALL;
  const totals = cost.totals.filter(total => chosen === ALL || total.tenant === chosen);
  const priced = totals.some(total => total.sums.cost !== null);
  const inSeconds = !priced || state.in === 'seconds';
  const selects = [
    tenants.length > 1 && {
      label: 'Tenant',
      value: chosen,
      options: [[ALL, 'all'], ...tenants.map(tenant => [tenant, tenant])],
      choose: tenant => link({ tenant: tenant || null }),
    },
    priced && {
      label: 'In',
      value: inSeconds ? 'seconds' : 'money',
      options: [['money', 'money'], ['seconds', 'compute time']],
      choose: unit => link({ in: unit === 'seconds' ? unit : null }),
    },
    ...windowSelects(state, cost.available, link),
  ];
  return [
    modelHeading(model, 'cost'),
    toolbar(selects, cost.windows.length > 0 && permanentLink(state, link)),
    rebuilding(cost),
    ...(cost.windows.length === 0 ? [empty(cost, state)] : cards(model, data, { totals, chosen, inSeconds, priced }, page)),
  ];
}

function cards(model, { state, span, cost, events }, { totals, chosen, inSeconds, priced }, page) {
  const rows = cost.windows.filter(row => chosen === ALL || row.tenant === chosen);
  const windows = windowsOf(rows, lengthOf(windowOf(state)));
  const meanwhile = within(events, windows[0].at, windows.at(-1).end);
  const shown = windowName(windows[0].at, windows.at(-1).end);
  const write = inSeconds ? seconds : money;
  const versions = [...new Set(rows.map(row => row.version))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const places = new Map(versions.map((version, place) => [version, place]));
  const saved = SAVINGS.filter(by => rows.some(row => savingOf(row.sums, by)));
  const path = reportsPath(model, 'cost', span, { window: windowOf(state), tenant: chosen || null });
  const overall = sums(totals);
  const subtitle = `${chosen === ALL ? 'all tenants' : chosen}, ${shown}`;
  return [
    h('section', { class: 'card', key: 'sums' },
      h('div', { class: 'row' }, h('h2', null, 'In this time'), h('p', { class: 'faint' }, shown)),
      h('dl', { class: 'figures' },
        figure('Requests', integer(requests(overall)), `${percent(overall.computed / requests(overall))} computed`),
        figure('Compute time', seconds(overall.compute_seconds), `${integer(overall.tokens)} tokens, ${percent(padding(overall))} padding`),
        figure('Cost', money(overall.cost), cost1000(overall)),
        figure('Saved', seconds(savedSeconds(overall)), savedNote(overall))),
      !priced && h('p', { class: 'faint' }, 'No cost: the deployment says no price_per_hour.'),
      priced && overall.unpriced_seconds > 0 && h('p', { class: 'faint' }, `${seconds(overall.unpriced_seconds)} of compute time have no price; the cost is without them.`)),
    chart(`${inSeconds ? 'Compute time' : 'Cost'} by version`, 'spent', versions.map(version => ({
      label: inSeconds || rows.some(row => row.version === version && row.sums.cost !== null) ? version : `${version}, no price`,
      mark: swatch(places.get(version)),
      colour: () => styleOf(places.get(version)).colour,
      values: amounts(windows, rows, row => row.version === version, ({ sums: one }) => (inSeconds ? one.compute_seconds : one.cost)),
    }))),
    saved.length > 0 && chart(`Saved by cache, coalescing, batching and quantisation`, 'saved', saved.map(by => ({
      label: words(by),
      mark: h('span', { class: `swatch saved-${by}`, 'aria-hidden': 'true' }),
      colour: () => colour(`--saved-${by}`),
      values: amounts(windows, rows, () => true, row => {
        const saving = savingOf(row.sums, by);
        return inSeconds ? saving?.saved_seconds : saving?.saved_cost;
      }),
    }))),
    h('section', { class: 'card flush', key: 'versions' }, h('h2', null, 'By version and tenant'),
      table('Cost by version and tenant', columns(places), totals, total => `${total.version}/${total.tenant}`)),
  ];

  function chart(title, name, series) {
    return h('section', { class: 'card', key: name },
      h('div', { class: 'row' },
        h('h2', null, title),
        h('p', { class: 'buttons' },
          csvButton(path, `${model}-cost`, page),
          pngButton(`${model}-${name}`, `${title}: ${model}`, subtitle, () => series.map(one => [one.label, one.colour()])))),
      h('ul', { class: 'legend' }, series.map(one => h('li', { key: one.label }, one.mark, one.label))),
      h('div', {
        class: 'chart',
        role: 'img',
        'aria-label': `${title}, ${windows.length} windows: ${series.map(one => `${one.label} ${write(total(one.values))}`).join(', ')}. The numbers are in the table below.`,
        opaque: true,
        draw: element => stackChart(element, series.map(one => ({ ...one, colour: one.colour() })), windows, meanwhile, write),
      }),
      h('details', { key: 'numbers' }, h('summary', null, 'Numbers'),
        table(`${title}, newest first`, [
          { label: 'Window', heading: true, cell: row => windowName(row.at, row.end) },
          ...series.map(one => ({ label: one.label, number: true, cell: row => write(one.values[row.index]) })),
        ], windows.map((window, index) => ({ ...window, index })).reverse(), row => String(row.at))));
  }
}

/** All windows from the first to the last report. */
function windowsOf(rows, length) {
  const starts = new Set(rows.map(row => Date.parse(row.start)));
  const first = Math.min(...starts);
  const last = Math.max(...starts);
  for (let at = first; at <= last; at += length) {
    starts.add(at);
  }
  return [...starts].sort((a, b) => a - b).map(at => ({ at, end: at + length }));
}

function amounts(windows, rows, applies, amount) {
  const byStart = new Map();
  for (const row of rows) {
    if (applies(row)) {
      const start = Date.parse(row.start);
      byStart.set(start, (byStart.get(start) ?? 0) + (amount(row) ?? 0));
    }
  }
  return windows.map(({ at }) => byStart.get(at) ?? 0);
}

const total = values => values.reduce((sum, value) => sum + value, 0);

function sums(totals) {
  const add = member => total(totals.map(({ sums: one }) => one[member]));
  const known = totals.map(({ sums: one }) => one.cost).filter(cost => cost !== null);
  const all = { cost: known.length > 0 ? total(known) : null, savings: [] };
  for (const member of ['computed', 'cached', 'coalesced', 'fallback', 'stale', 'failed', 'tokens', 'padded_tokens', 'compute_seconds', 'unpriced_seconds']) {
    all[member] = add(member);
  }
  for (const by of SAVINGS) {
    const those = totals.map(({ sums: one }) => savingOf(one, by)).filter(Boolean);
    const costs = those.map(one => one.saved_cost).filter(cost => cost !== null);
    if (those.length > 0) {
      all.savings.push({ by, saved_seconds: total(those.map(one => one.saved_seconds)), saved_cost: costs.length > 0 ? total(costs) : null });
    }
  }
  return all;
}

function savingOf({ savings }, by) {
  return savings.find(saving => saving.by === by) ?? null;
}

function requests({ computed, cached, coalesced, fallback, stale, failed }) {
  return computed + cached + coalesced + fallback + stale + failed;
}

function padding({ tokens, padded_tokens: padded }) {
  return padded > 0 ? 1 - tokens / padded : null;
}

function savedSeconds({ savings }) {
  return total(savings.map(saving => saving.saved_seconds));
}

function savedNote({ savings }) {
  const costs = savings.map(saving => saving.saved_cost).filter(cost => cost !== null);
  return costs.length > 0 ? `worth ${money(total(costs))}` : 'of compute time';
}

function cost1000(one) {
  const answers = requests(one) - one.failed;
  return one.cost === null || answers === 0 ? 'no price' : `${money(one.cost / answers * 1000)} per 1,000 answers`;
}

function figure(label, value, note) {
  return h('div', null, h('dt', null, label), h('dd', null, value, h('span', { class: 'faint' }, note)));
}

function columns(places) {
  return [
    { label: 'Version', heading: true, cell: row => [swatch(places.get(row.version) ?? 0), h('span', { class: 'version' }, row.version)] },
    { label: 'Tenant', cell: row => row.tenant },
    { label: 'Computed', number: true, cell: row => integer(row.sums.computed) },
    { label: 'Cached', number: true, cell: row => integer(row.sums.cached) },
    { label: 'Coalesced', number: true, cell: row => integer(row.sums.coalesced) },
    { label: 'Fallback', number: true, cell: row => integer(row.sums.fallback) },
    { label: 'Stale', number: true, cell: row => integer(row.sums.stale) },
    { label: 'Failed', number: true, cell: row => integer(row.sums.failed) },
    { label: 'Compute time', number: true, cell: row => seconds(row.sums.compute_seconds) },
    { label: 'Cost', number: true, cell: row => money(row.sums.cost) },
    ...SAVINGS.map(by => ({
      label: `Saved, ${by}`,
      number: true,
      cell: row => {
        const saving = savingOf(row.sums, by);
        return saving ? seconds(saving.saved_seconds) : NONE;
      },
    })),
  ];
}
