// Tables.
import { h } from '../dom.js';

/**
 * A table that scrolls by itself when it is too wide.
 *
 * @param caption what it shows, for those who do not see where it stands
 * @param columns `{ label, cell(row), number }`; `heading` marks the one that names the row
 * @param rows each with what `rowKey` gives, if that is given
 */
export function table(caption, columns, rows, rowKey = () => null) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', null,
      h('caption', { class: 'unseen' }, caption),
      h('thead', null, h('tr', null, columns.map(column =>
        h('th', { scope: 'col', class: column.number && 'number' }, column.label)))),
      h('tbody', null, rows.map(row =>
        h('tr', { key: rowKey(row) }, columns.map(column =>
          h(column.heading ? 'th' : 'td',
            { scope: column.heading && 'row', class: column.number && 'number' },
            column.cell(row))))))));
}

/** Settings: pairs of a label and a value. */
export function settings(pairs) {
  return h('dl', { class: 'settings' }, pairs.filter(Boolean).map(([label, value]) =>
    h('div', null, h('dt', null, label), h('dd', null, value))));
}
