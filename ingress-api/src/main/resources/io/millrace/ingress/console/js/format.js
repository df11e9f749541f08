// Numbers, times and names as people read them. One unit a kind of number, on every page.
import { h } from './dom.js';

/** For what is not known or not set. */
export const NONE = '–';

const INTEGER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const ABSOLUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
const MINUS = '\u2212';

const isNumber = value => typeof value === 'number' && Number.isFinite(value);

/** 12,345 */
export function integer(value) {
  return isNumber(value) ? INTEGER.format(value) : NONE;
}

/** A share of 1 in percent: 92.7%. */
export function percent(share, digits = 1) {
  return isNumber(share) ? `${(share * 100).toFixed(digits)}%` : NONE;
}

/** A share of 1 in percent without zeros that say nothing: 5%, 0.5%. */
export function shortPercent(share) {
  return isNumber(share) ? `${Number((share * 100).toFixed(2))}%` : NONE;
}

/** A difference of two shares in percentage points, with its sign: +0.42 pp. */
export function points(difference, digits = 2) {
  if (!isNumber(difference)) {
    return NONE;
  }
  const size = Math.abs(difference * 100).toFixed(digits);
  if (Number(size) === 0) {
    return `${size} pp`;
  }
  return `${difference < 0 ? MINUS : '+'}${size} pp`;
}

/** A size in percentage points: 1.00 pp. */
export function pointsOf(size) {
  return isNumber(size) ? `${(size * 100).toFixed(2)} pp` : NONE;
}

/** An interval of differences: −0.97 to +0.79 pp. */
export function interval(lower, upper) {
  return isNumber(lower) && isNumber(upper) ? `${points(lower).replace(' pp', '')} to ${points(upper)}` : null;
}

/** A number between 0 and 1 that is no share: 0.912. */
export function score(value) {
  return isNumber(value) ? value.toFixed(3) : NONE;
}

/** 1.87× */
export function ratio(value) {
  return isNumber(value) ? `${value.toFixed(2)}×` : NONE;
}

/** 23.1 MB; units of 1,000. */
export function bytes(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  return `${(value / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** A length of time: 350 ms, 45 s, 15 min, 24 h, 3 d. */
export function duration(seconds) {
  if (!isNumber(seconds)) {
    return NONE;
  }
  if (seconds < 1 && seconds > 0) {
    return `${Number((seconds * 1000).toPrecision(3))} ms`;
  }
  for (const [unit, from, size] of [['d', 2 * 86_400, 86_400], ['h', 3_600, 3_600], ['min', 60, 60]]) {
    if (seconds >= from && seconds % size === 0) {
      return `${INTEGER.format(seconds / size)} ${unit}`;
    }
  }
  return `${Number(seconds.toFixed(2))} s`;
}

/** How long ago, in words; the exact time is in the title. */
export function time(iso, now = Date.now()) {
  if (!iso) {
    return NONE;
  }
  const at = new Date(iso);
  return h('time', { datetime: iso, title: ABSOLUTE.format(at) }, ago((now - at.getTime()) / 1000));
}

function ago(seconds) {
  if (seconds < 2) {
    return 'now';
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s ago`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  if (seconds < 2 * 86_400) {
    return `${Math.floor(seconds / 3_600)} h ago`;
  }
  return `${INTEGER.format(Math.floor(seconds / 86_400))} d ago`;
}

const pad = number => String(number).padStart(2, '0');

/** The time of day here: 14:05:09. */
export function clock(milliseconds, withSeconds = true) {
  const at = new Date(milliseconds);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}${withSeconds ? `:${pad(at.getSeconds())}` : ''}`;
}

/** A name of the API for people: rolled_back becomes rolled back. */
export function words(name) {
  return name ? name.replaceAll('_', ' ') : NONE;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The day before a time of day, where the span has several or the time is of another: 22 Nov. */
export function day(from, to, at) {
  return to - from > 86_400_000 ? `${DAY.format(at)} ` : '';
}

/** A window in words: 14:29–14:30, 22 Nov 14:00–15:00, 22 Nov. */
export function windowName(start, end, now = Date.now()) {
  const length = end - start;
  if (length >= 86_400_000) {
    return DAY.format(start);
  }
  const date = now - start > 20 * 3_600_000 ? `${DAY.format(start)} ` : '';
  return `${date}${clock(start, length < 60_000)}–${clock(end, length < 60_000)}`;
}

/** A number of no unit with three digits that count: 0.0412, 12.3, 1,204. */
export function significant(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0005 || size >= 1e9)) {
    return value.toExponential(1).replace('-', MINUS);
  }
  const text = size >= 1000 ? INTEGER.format(value) : String(Number(value.toPrecision(3)));
  return text.replace('-', MINUS);
}

/** A p-value: 0.031, below 0.001 only that. */
export function pValue(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  return value < 0.001 ? '< 0.001' : value.toFixed(3);
}

/** An amount of money of a currency that is not known: 12.30, 0.0017. */
export function money(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  return size >= 1 || size === 0 ? value.toFixed(2).replace('-', MINUS) : String(Number(value.toPrecision(2))).replace('-', MINUS);
}

/** Seconds of compute: 0.412 s, 45.0 s, 12.3 min, 4.2 h. */
export function seconds(value) {
  if (!isNumber(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size >= 2 * 3_600) {
    return `${significant(value / 3_600)} h`;
  }
  return size >= 120 ? `${significant(value / 60)} min` : `${significant(value)} s`;
}
