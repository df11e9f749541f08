// How versions are told apart on charts: by colour, and by the form of their points and lines.
import { colour } from './colours.js';

const FORMS = ['circle', 'rect', 'triangle', 'rectRot', 'crossRot', 'star'];
const DASHES = [[], [8, 3], [2, 3], [8, 3, 2, 3], [14, 4], [4, 4]];

/** How many can be told apart. */
export const DISTINCT = FORMS.length;

/** The style of the version at a place of the list. */
export function styleOf(index) {
  const place = index % DISTINCT;
  return { colour: colour(`--version-${place}`), form: FORMS[place], dash: DASHES[place], place };
}

/** A colour with less weight. */
export function faint(resolved, share) {
  return resolved.startsWith('rgb(') ? resolved.replace('rgb(', 'rgba(').replace(')', `, ${share})`) : resolved;
}
