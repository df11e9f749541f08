// Chooses what a page of reports shows. The choice is in the hash, so that it can be linked to.
import { h } from '../dom.js';
import { duration } from '../format.js';
import { COUNTS, countOf, lengthOf, spanOf, windowOf } from '../reports.js';

/**
 * @param selects `label`, `value`, `options` (pairs of a value and a text), `choose(value)`, which gives the hash to go to
 * @param more nodes behind them
 */
export function toolbar(selects, ...more) {
  return h('div', { class: 'toolbar', key: 'toolbar', role: 'group', 'aria-label': 'What is shown' },
    selects.filter(Boolean).map(({ label, value, options, choose }) => {
      const all = options.some(([option]) => option === value) ? options : [[value, value], ...options];
      return h('label', { key: label }, h('span', null, label),
        h('select', {
          'aria-label': label,
          on: { change: event => { location.hash = choose(event.currentTarget.value); } },
          draw: element => { element.value = value; },
        }, all.map(([option, text]) => h('option', { value: option }, text))));
    }),
    h('div', { class: 'more' }, more));
}

/** The two choices that all pages of reports have: how long windows are, and how many are shown. */
export function windowSelects(state, available, link) {
  const window = windowOf(state);
  const length = lengthOf(window);
  const windows = [...new Set([...(available.windows.length > 0 ? available.windows : ['1m', '1h', '1d']), window])]
    .sort((a, b) => lengthOf(a) - lengthOf(b));
  return [
    {
      label: 'Windows of',
      value: window,
      options: windows.map(one => [one, duration(lengthOf(one) / 1000)]),
      choose: one => link({ window: one === '1m' ? null : one, from: null, to: null, at: null }),
    },
    {
      label: 'Show',
      value: state.from !== null && state.to !== null ? 'fixed' : String(countOf(state)),
      options: [
        ...(state.from !== null && state.to !== null ? [['fixed', 'as linked']] : []),
        ...COUNTS.map(count => [String(count), `last ${whole(count * length / 1000)}`]),
      ],
      choose: count => link(count === 'fixed' ? {} : { last: count, from: null, to: null, at: null }),
    },
  ];
}

function whole(seconds) {
  return seconds >= 86_400 && seconds % 86_400 !== 0 ? `${Number((seconds / 86_400).toFixed(1))} d` : duration(seconds);
}

/** A link to what is shown now, which shows the same tomorrow. */
export function permanentLink(state, link) {
  const { from, to } = spanOf(state);
  return h('a', {
    href: link({ from: new Date(from).toISOString(), to: new Date(to).toISOString(), last: null }),
    title: 'A link that always shows these windows',
  }, 'Link to these windows');
}
