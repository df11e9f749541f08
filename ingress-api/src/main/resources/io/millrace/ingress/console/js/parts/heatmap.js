// Features by windows. A cell says by colour and by sign how far a feature is from its reference; it opens the feature.
import { h } from '../dom.js';
import { clock, integer, pValue, significant, windowName } from '../format.js';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/**
 * @param features rows: `feature` and `cells`, by the start of the window (milliseconds)
 * @param starts columns, milliseconds
 * @param length of a window, milliseconds
 * @param happened `at`, `label`
 * @param chosen `feature` and `at` (a start) of the cell that is open
 * @param link gives the hash of a cell
 */
export function heatmap(features, starts, length, happened, chosen, link) {
  const stop = tabStop(features, starts, chosen);
  return h('div', { class: 'scroll map', key: 'map', draw: toTheEnd },
    h('table', { role: 'grid', 'aria-label': 'Drift of features by window', on: { keydown: move } },
      h('thead', null, h('tr', { role: 'row' },
        h('td', { class: 'corner', role: 'columnheader' }, h('span', { class: 'unseen' }, 'Feature')),
        starts.map((start, index) => column(start, index, starts.length, length, happened)))),
      h('tbody', null, features.map(({ feature, cells }) =>
        h('tr', { key: feature, role: 'row' },
          h('th', { scope: 'row', role: 'rowheader' },
            h('a', { href: link(feature, null), tabindex: '-1', title: feature, 'aria-current': feature === chosen.feature && 'true' }, feature)),
          starts.map(start => cell(feature, start, length, cells.get(start), {
            open: feature === chosen.feature && start === chosen.at,
            stop: feature === stop.feature && start === stop.start,
            link,
          })))))));
}

/** Where the tab key enters: the open cell, else the last one of the first feature. */
function tabStop(features, starts, chosen) {
  const open = features.find(({ feature, cells }) => feature === chosen.feature && cells.has(chosen.at));
  if (open) {
    return { feature: open.feature, start: chosen.at };
  }
  const first = features.find(({ cells }) => starts.some(start => cells.has(start)));
  return { feature: first?.feature, start: starts.findLast(start => first?.cells.has(start)) };
}

function column(start, index, count, length, happened) {
  const marks = happened.filter(({ at }) => at >= start && at < start + length);
  return h('th', { scope: 'col', role: 'columnheader', class: marks.length > 0 && 'marked', title: marks.map(({ label }) => label).join(', ') || null },
    isLabelled(start, index, count, length)
      ? h('span', { class: 'time' }, label(start, length))
      : h('span', { class: 'unseen' }, windowName(start, start + length)),
    marks.length > 0 && h('span', { class: 'mark', 'aria-hidden': 'true' }, '▼'),
    marks.length > 0 && h('span', { class: 'unseen' }, ` ${marks.map(mark => mark.label).join(', ')}`));
}

/** Every fifth or so, at times that are round. */
function isLabelled(start, index, count, length) {
  const offset = new Date(start).getTimezoneOffset() * 60_000;
  const every = length >= 86_400_000 ? 7 : length >= 3_600_000 ? 6 : 5;
  // The last ones have no room for it.
  return Math.round((start - offset) / length) % every === 0 && (index < count - 2 || count < 3);
}

function label(start, length) {
  if (length >= 86_400_000) {
    return DAY.format(start);
  }
  const at = new Date(start);
  return at.getHours() === 0 && at.getMinutes() === 0 ? DAY.format(start) : clock(start, false);
}

function cell(feature, start, length, drift, { open, stop, link }) {
  if (!drift) {
    return h('td', { role: 'gridcell', class: 'none' });
  }
  const what = `${feature}, ${windowName(start, start + length)}: ${describe(drift)}`;
  return h('td', { role: 'gridcell', class: ['cell', tone(drift), drift.revision > 0 && 'late', open && 'open'].filter(Boolean).join(' '), 'aria-selected': open ? 'true' : 'false' },
    h('a', { href: link(feature, start), tabindex: stop ? '0' : '-1', 'aria-label': what, title: what }, sign(drift)));
}

/** The class of a cell: of those that are stable by how near the threshold is. */
function tone(drift) {
  if (drift.verdict !== 'stable') {
    return drift.verdict;
  }
  const near = drift.score === null || !drift.threshold ? 0 : drift.score / drift.threshold;
  return near >= 1 ? 'over' : `near-${Math.max(0, Math.min(3, Math.floor(near * 4)))}`;
}

function sign(drift) {
  if (drift.verdict === 'insufficient') {
    return drift.n < 1000 ? String(drift.n) : '<';
  }
  return { drift: '▲', over: '△' }[tone(drift)] ?? '';
}

/** A cell in words. */
export function describe(drift) {
  const late = drift.revision > 0 ? `, changed by ${integer(drift.late)} late` : '';
  if (drift.verdict === 'insufficient') {
    return `too few observations, n ${integer(drift.n)}${late}`;
  }
  return `${drift.verdict}, score ${significant(drift.score)}, threshold ${significant(drift.threshold)}, p ${pValue(drift.p_value)}, n ${integer(drift.n)}${late}`;
}

/** Shows the newest windows first, once. */
function toTheEnd(element) {
  if (!element.dataset.shown) {
    element.dataset.shown = '1';
    element.scrollLeft = element.scrollWidth;
  }
}

const STEPS = {
  ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity],
};

/** The arrows go from cell to cell, over empty ones. */
function move(event) {
  const step = STEPS[event.key];
  const from = event.target.closest('td');
  if (!step || !from || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  event.preventDefault();
  const rows = [...event.currentTarget.tBodies[0].rows];
  let row = rows.indexOf(from.parentElement);
  let index = from.cellIndex;
  if (!Number.isFinite(step[1])) {
    const filled = [...rows[row].cells].filter(each => each.classList.contains('cell'));
    focus(step[1] < 0 ? filled[0] : filled.at(-1), event.currentTarget);
    return;
  }
  do {
    row += step[0];
    index += step[1];
  } while (rows[row]?.cells[index]?.classList.contains('none'));
  focus(rows[row]?.cells[index], event.currentTarget);
}

function focus(target, grid) {
  const link = target?.classList.contains('cell') && target.querySelector('a');
  if (link) {
    grid.querySelectorAll('td a[tabindex="0"]').forEach(each => each.setAttribute('tabindex', '-1'));
    link.setAttribute('tabindex', '0');
    link.focus();
  }
}

export function mapLegend() {
  const entry = (kind, text, what = '') => h('li', null, h('span', { class: `cell ${kind}`, 'aria-hidden': 'true' }, text), what);
  return h('ul', { class: 'map-legend' },
    entry('near-0', '', 'far from the threshold'),
    entry('near-3', '', 'near it'),
    entry('over', '△', 'above it, but it may be chance'),
    entry('drift', '▲', 'drift'),
    entry('insufficient', '311', 'too few observations (n)'),
    entry('near-0 late', '', 'changed by late data'),
    h('li', null, h('span', { class: 'mark', 'aria-hidden': 'true' }, '▼'), 'deployed or decided'));
}
