// Asks for an API key.
import { key } from '../api.js';
import { h } from '../dom.js';

/** The form; `entered` is called when there is a key. `refused` says what was wrong with the last one. */
export function keyForm(refused, entered) {
  const input = h('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    'aria-describedby': 'key-help',
    placeholder: 'mr_…',
  });
  return h('section', { class: 'state card', key: 'key' },
    h('h1', null, 'API key'),
    refused && h('p', { class: 'notice bad', role: 'alert' }, refused),
    h('form', {
      on: {
        submit: event => {
          event.preventDefault();
          key.set(input.value.trim());
          entered();
        },
      },
    },
      h('label', { for: 'key' }, 'Key'),
      input,
      h('p', { id: 'key-help', class: 'help' },
        'Reading needs the scope read; changing deployments needs operate. The key stays in this tab and is gone when it is closed.'),
      h('button', { class: 'primary' }, 'Open the console')));
}
