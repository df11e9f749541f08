// Amounts by window, one upon the other.
import { clock, day } from '../format.js';
import { colour } from './colours.js';
import { axis, base, draw } from './draw.js';
import { moments } from './marks.js';
import { timeAxis } from './time-axis.js';

/**
 * @param series `label`, `colour` and `values`, one a window
 * @param windows `at` and `end` (milliseconds)
 * @param write an amount as a text
 */
export function stackChart(element, series, windows, happened, write) {
  const from = windows[0].at;
  const to = windows.at(-1).end;
  const time = timeAxis(from, to);
  draw(element, {
    type: 'bar',
    data: {
      datasets: series.map(one => ({
        label: one.label,
        data: windows.map((window, index) => ({ x: (window.at + window.end) / 2, y: one.values[index] })),
        backgroundColor: one.colour,
        stack: 'all',
        barThickness: 'flex',
        maxBarThickness: 22,
      })),
    },
    options: {
      ...base(),
      scales: {
        x: { ...time, stacked: true, offset: false, grid: { display: false }, border: { color: colour('--line') }, ticks: { ...time.ticks, color: colour('--faint') } },
        y: axis({ stacked: true, ticks: { callback: value => write(value) } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            title: items => (items[0] ? `${day(from, to, windows[items[0].dataIndex].at)}${clock(windows[items[0].dataIndex].at, false)}` : ''),
            label: item => `${item.dataset.label} ${write(item.parsed.y)}`,
          },
        },
        moments: { moments: happened, colours: { line: colour('--candidate'), text: colour('--candidate') } },
      },
    },
    plugins: [moments],
  });
}
