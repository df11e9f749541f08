// The page: shows the view that the hash names, keeps it up to date, and says what is wrong.
import { ApiError, key } from './api.js';
import { h, show } from './dom.js';
import { time } from './format.js';
import { poll } from './poll.js';
import { match, pathOf } from './router.js';
import { costView } from './views/cost.js';
import { driftView } from './views/drift.js';
import { keyForm } from './views/key.js';
import { modelView } from './views/model.js';
import { modelsView } from './views/models.js';
import { qualityView } from './views/quality.js';
import { rolloutView } from './views/rollout.js';

/**
 * A view is made with the parameters of its route, and has `title`, `path` (pairs of a label and a link, for the
 * breadcrumb), `load(signal)`, which gives the data, and `render(data, page)`, which gives the nodes; `every` says after
 * how many milliseconds it is loaded again, when not after the usual time. Of the data of one view may be shown what
 * another one of the same path has loaded, until its own is there.
 */
const ROUTES = [
  ['/', modelsView],
  ['/models/:model', modelView],
  ['/models/:model/rollout', rolloutView],
  ['/models/:model/drift', driftView],
  ['/models/:model/quality', qualityView],
  ['/models/:model/cost', costView],
];

const main = document.getElementById('main');
const breadcrumb = document.getElementById('path');
const forget = document.getElementById('forget');

let polling = null;
let view = null;
let path = null;
let data = null;
let loadedAt = null;
let outage = null;

/** What views may ask of the page. */
const page = {
  refresh: () => polling?.now(),
  /** Says something to those who do not see the page, and when it is bad to the others too. */
  say: (text, bad = false) => {
    document.getElementById('said').textContent = text;
    if (bad) {
      main.prepend(h('p', { class: 'notice bad', role: 'alert', key: 'said' }, text));
    }
  },
  /** Something was done: says so to those who do not see the page, and shows what became of it. */
  done: text => {
    document.getElementById('said').textContent = text;
    // The button that has the focus may not apply any more.
    main.focus({ preventScroll: true });
    polling?.now();
  },
};

function open() {
  polling?.stop();
  const found = match(ROUTES, location.hash);
  view = found ? found.view(found.parameters) : null;
  if (view && data !== null && pathOf(location.hash) === path) {
    // The same page of something else: what is there stays until that is known.
    main.setAttribute('aria-busy', 'true');
    start();
    return;
  }
  path = pathOf(location.hash);
  data = null;
  outage = null;
  forget.hidden = !key.get();
  document.title = view ? `${view.title} · Millrace` : 'Not found · Millrace';
  show(breadcrumb, trail(view?.path ?? []));
  if (!view) {
    show(main, state('Not found', 'There is no such page in the console.', h('a', { href: '#/' }, 'All models')));
    return;
  }
  show(main, skeleton());
  start();
}

function start() {
  const loaded = view;
  polling = poll(signal => loaded.load(signal), shown, failed, view.every);
}

function shown(loaded) {
  data = loaded;
  loadedAt = new Date();
  outage = null;
  render();
}

function failed(error) {
  if (error instanceof ApiError && error.status === 401) {
    const refused = key.get() !== null;
    key.forget();
    forget.hidden = true;
    data = null;
    show(main, keyForm(refused ? error.message : null, open));
    main.querySelector('input').focus();
    return false;
  }
  if (!(error instanceof ApiError)) {
    // A fault of our own: what was shown may be wrong.
    console.error(error);
    data = null;
  }
  outage = error;
  render();
  return true;
}

function render() {
  main.removeAttribute('aria-busy');
  if (data !== null) {
    show(main, outage && stale(), view.render(data, page));
  } else if (outage.status === 404) {
    show(main, state('Not found', outage.message, h('a', { href: '#/' }, 'All models')));
  } else {
    show(main, state(
      outage.title ?? 'The console failed',
      outage.message,
      h('button', { type: 'button', on: { click: page.refresh } }, 'Try again')));
  }
}

function stale() {
  return h('p', { class: 'notice bad', role: 'alert', key: 'stale' },
    h('strong', null, 'Not up to date. '), outage.message, ' This is what was known ',
    time(loadedAt.toISOString()), '.');
}

function state(title, text, ...actions) {
  return h('section', { class: 'state', key: 'state' }, h('h1', null, title), h('p', null, text), h('p', null, actions));
}

function skeleton() {
  main.setAttribute('aria-busy', 'true');
  return h('div', { class: 'skeleton', key: 'skeleton' },
    h('p', { class: 'unseen' }, 'Loading'), h('span'), h('span'), h('span'));
}

function trail(path) {
  return h('ol', null, [['Models', '#/'], ...path].map(([label, link], index) =>
    h('li', null, h('a', { href: link, 'aria-current': index === path.length && 'page' }, label))));
}

addEventListener('hashchange', () => {
  const before = path;
  open();
  if (path !== before) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
});
document.querySelector('.skip').addEventListener('click', event => {
  // The hash is the router's.
  event.preventDefault();
  main.focus();
});
document.addEventListener('themechange', () => data !== null && render());
forget.addEventListener('click', () => {
  key.forget();
  open();
});
open();
