// Asks before something is done.
import { ApiError } from '../api.js';
import { h } from '../dom.js';

let count = 0;

/**
 * Opens a dialog with a form. It stays open, and shows the problem, while `send` fails.
 *
 * @param options `title`, `fields` (nodes), `confirm` (the button's text), `danger`, `impossible` (there is nothing to confirm), `send()`, which
 *     does it, `done(answer)`, and `refused(error)`, which may change the fields before another try
 */
export function ask({ title, fields, confirm, danger, impossible, send, done, refused }) {
  const id = `dialog-${++count}`;
  const problem = h('div', { class: 'notice bad', role: 'alert', hidden: true });
  const submit = h('button', { class: danger ? 'danger' : 'primary', disabled: impossible }, confirm);
  const dialog = h('dialog', { 'aria-labelledby': id },
    h('form', { on: { submit: event => attempt(event) } },
      h('h2', { id }, title),
      fields,
      problem,
      h('div', { class: 'buttons' },
        h('button', { type: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
        submit)));

  async function attempt(event) {
    event.preventDefault();
    submit.disabled = true;
    problem.hidden = true;
    try {
      const answer = await send();
      dialog.close();
      done(answer);
    } catch (error) {
      if (!(error instanceof ApiError)) {
        console.error(error);
      }
      problem.replaceChildren(...describe(error));
      problem.hidden = false;
      refused?.(error);
    } finally {
      submit.disabled = false;
    }
  }

  dialog.addEventListener('close', () => dialog.remove());
  // Whoever goes to another page does not want it any more.
  addEventListener('hashchange', () => dialog.close(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
}

function describe(error) {
  return [
    h('strong', null, `${error.title ?? 'The console failed'}. `),
    error.message,
    ...(error.violations?.length
      ? [h('ul', null, error.violations.map(({ pointer, detail }) => h('li', null, h('code', null, pointer), ` ${detail}`)))]
      : []),
  ];
}

/** A text field for a reason. */
export function reasonField(label, required) {
  const input = h('textarea', { id: `reason-${++count}`, rows: '3', maxlength: '500', required });
  return {
    node: h('div', { class: 'field' },
      h('label', { for: input.id }, label, !required && h('span', { class: 'faint' }, ' (optional)')), input),
    input,
  };
}
