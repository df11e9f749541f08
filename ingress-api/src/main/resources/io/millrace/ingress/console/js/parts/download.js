// Saves what is shown: numbers as CSV, charts as pictures.
import { csv } from '../api.js';
import { picture } from '../charts/draw.js';
import { h } from '../dom.js';

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = h('a', { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/**
 * @param path of the API, of what is shown
 */
export function csvButton(path, name, page, label = 'CSV') {
  return h('button', {
    type: 'button',
    class: 'small',
    'aria-label': label === 'CSV' ? `Save ${name} as CSV` : label,
    on: {
      click: async event => {
        const button = event.currentTarget;
        button.disabled = true;
        try {
          save(new Blob([await csv(path)], { type: 'text/csv' }), `${name}.csv`);
          page.say(`${name}.csv is saved.`);
        } catch (error) {
          page.say(`Not saved: ${error.message}`, true);
        } finally {
          button.disabled = false;
        }
      },
    },
  }, label);
}

/**
 * A button in the card of the chart.
 *
 * @param legend gives pairs of a text and a colour, as the theme has it now
 */
export function pngButton(name, title, subtitle, legend = () => []) {
  return h('button', {
    type: 'button',
    class: 'small',
    'aria-label': `Save ${title} as PNG`,
    on: {
      click: async event => {
        const chart = event.currentTarget.closest('.card').querySelector('.chart');
        const blob = await picture(chart, title, subtitle, legend());
        if (blob) {
          save(blob, `${name}.png`);
        }
      },
    },
  }, 'PNG');
}
