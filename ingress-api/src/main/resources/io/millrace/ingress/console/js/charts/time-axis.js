// A time axis for Chart.js without a date library: a linear axis of milliseconds with ticks at whole times.
import { clock } from '../format.js';

const MINUTE = 60_000;
const STEPS = [1_000, 5_000, 15_000, 30_000, MINUTE, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  60 * MINUTE, 180 * MINUTE, 360 * MINUTE, 720 * MINUTE, 1_440 * MINUTE];
const MOST_TICKS = 7;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** The options of an axis from one time to another, both milliseconds since the epoch. */
export function timeAxis(from, to) {
  const step = STEPS.find(candidate => (to - from) / candidate <= MOST_TICKS) ?? STEPS.at(-1);
  return {
    type: 'linear',
    min: from,
    max: to,
    afterBuildTicks: axis => {
      axis.ticks = wholeTimes(from, to, step);
    },
    ticks: {
      maxRotation: 0,
      autoSkipPadding: 12,
      callback: at => (step >= 1_440 * MINUTE ? DAY.format(at) : clock(at, step < MINUTE)),
    },
  };
}

/** In the zone of whoever looks: a day begins at midnight there. */
function wholeTimes(from, to, step) {
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  const ticks = [];
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) {
    ticks.push({ value: at });
  }
  return ticks;
}
