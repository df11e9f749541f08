// The sign of a version beside its name, in the colour and form that it has on charts.
import { DISTINCT } from '../charts/versions.js';
import { h } from '../dom.js';

export function swatch(place) {
  return h('span', { class: `swatch version-${place % DISTINCT}`, 'aria-hidden': 'true' });
}
