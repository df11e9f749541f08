// A score over time with its threshold: what drifts, what is too small to say, what late data changed.
import { clock, day, integer, significant } from '../format.js';
import { colour } from './colours.js';
import { axis, base, dense, draw } from './draw.js';
import { moments } from './marks.js';
import { timeAxis } from './time-axis.js';

/**
 * @param points `at` (milliseconds, the middle of the window), `start`, `score`, `threshold`, `verdict`, `n`, `late`
 * @param span `from` and `to` of the axis
 * @param happened `at`, `label`
 * @param chosen the start of the window that is shown, milliseconds
 * @param choose is called with a point that was clicked
 */
export function scoreChart(element, points, { from, to }, happened, chosen, choose) {
  const tone = verdict => colour({ drift: '--bad', insufficient: '--mark' }[verdict] ?? '--production');
  const tones = points.map(point => tone(point.verdict));
  const time = timeAxis(from, to);
  draw(element, {
    type: 'line',
    data: {
      datasets: [
        {
          label: 'score',
          data: points.map(point => ({ x: point.at, y: point.score })),
          borderColor: colour('--production'),
          borderWidth: 1.5,
          pointStyle: points.map(point => (point.verdict === 'drift' ? 'triangle' : 'circle')),
          pointRadius: points.map(point => (point.start === chosen ? 7 : (point.verdict === 'drift' ? 5 : 3) / (dense(element, points) ? 2 : 1))),
          pointHitRadius: 8,
          pointBackgroundColor: points.map((point, index) => (point.verdict === 'insufficient' ? colour('--card') : tones[index])),
          pointBorderColor: points.map((point, index) => (point.start === chosen ? colour('--ink') : point.late > 0 ? colour('--candidate') : tones[index])),
          pointBorderWidth: points.map(point => (point.start === chosen || point.late > 0 ? 2.5 : 1)),
        },
        {
          label: 'threshold',
          data: points.map(point => ({ x: point.at, y: point.threshold })),
          borderColor: colour('--warn'),
          borderWidth: 1.5,
          borderDash: [5, 4],
          pointRadius: 0,
          pointHitRadius: 0,
        },
      ],
    },
    options: {
      ...base(),
      onClick: (event, items) => items[0] && choose(points[items[0].index]),
      scales: {
        x: { ...time, grid: { display: false }, border: { color: colour('--line') }, ticks: { ...time.ticks, color: colour('--faint') } },
        y: axis({ ticks: { callback: value => significant(value) } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          displayColors: false,
          callbacks: {
            title: items => (items[0] ? `${day(from, to, points[items[0].dataIndex].start)}${clock(points[items[0].dataIndex].start, false)} · ${points[items[0].dataIndex].verdict}` : ''),
            label: item => `${item.dataset.label} ${significant(item.parsed.y)}`,
            afterBody: items => {
              const point = items[0] && points[items[0].dataIndex];
              return point ? [`n ${integer(point.n)}${point.late > 0 ? `, ${integer(point.late)} of them late` : ''}`] : [];
            },
          },
        },
        moments: { moments: happened, colours: { line: colour('--candidate'), text: colour('--candidate') } },
      },
    },
    plugins: [moments],
  });
}
