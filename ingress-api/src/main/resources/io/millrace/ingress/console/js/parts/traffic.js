// Who answers how much.
import { h } from '../dom.js';
import { shortPercent } from '../format.js';

/** A bar of production against candidate, with the same in words. */
export function trafficBar({ version, candidate, weight, shadow_share: shadow }) {
  const share = candidate ? weight : 0;
  return h('div', { class: 'traffic' },
    h('div', { class: 'bar', 'aria-hidden': 'true', opaque: true, draw: element => fill(element, share) }),
    h('ul', { class: 'legend' },
      entry('production', 'Production', version, shortPercent(1 - share)),
      candidate && entry('candidate', 'Candidate', candidate, shortPercent(share)),
      candidate && shadow > 0 && entry('shadow', 'Shadow, unseen', candidate, shortPercent(shadow))));
}

function entry(kind, label, version, share) {
  return h('li', null,
    h('span', { class: `swatch ${kind}`, 'aria-hidden': 'true' }), label, ' ',
    h('span', { class: 'version' }, version), ' ', h('strong', null, share));
}

function fill(element, share) {
  if (!element.firstChild) {
    element.append(h('span', { class: 'candidate' }));
  }
  element.firstChild.style.width = `${share * 100}%`;
}
