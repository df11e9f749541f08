// How many features drift in each window, with what was deployed meanwhile.
import { clock, day } from '../format.js';
import { colour } from './colours.js';
import { axis, base, draw } from './draw.js';
import { moments } from './marks.js';
import { timeAxis } from './time-axis.js';

/**
 * @param windows `at` and `end` (milliseconds), `drifting` (a number), `features` (names)
 * @param happened `at`, `label`
 */
export function alertsChart(element, windows, happened) {
  const from = windows[0].at;
  const to = windows.at(-1).end;
  const length = windows[0].end - windows[0].at;
  draw(element, {
    type: 'bar',
    data: {
      datasets: [{
        data: windows.map(window => ({ x: (window.at + window.end) / 2, y: window.drifting })),
        backgroundColor: colour('--bad'),
        barThickness: 'flex',
        maxBarThickness: 16,
      }],
    },
    options: {
      ...base(),
      scales: {
        x: { ...timeAxis(from, to), offset: false, grid: { display: false }, border: { color: colour('--line') },
          ticks: { ...timeAxis(from, to).ticks, color: colour('--faint') } },
        y: axis({ suggestedMax: 3, ticks: { precision: 0 } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: {
            title: items => (items[0] ? `${day(from, to, windows[items[0].dataIndex].at)}${clock(windows[items[0].dataIndex].at, length < 60_000)}` : ''),
            label: item => {
              const { drifting, features } = windows[item.dataIndex];
              return drifting === 0 ? 'nothing drifts' : features.join(', ');
            },
          },
        },
        moments: { moments: happened, colours: { line: colour('--candidate'), text: colour('--candidate') } },
      },
    },
    plugins: [moments],
  });
}
