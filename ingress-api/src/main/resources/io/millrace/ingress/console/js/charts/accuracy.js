// The accuracy of versions over time, each in its confidence band, beside the estimate that needs no labels.
import { clock, day, percent } from '../format.js';
import { colour } from './colours.js';
import { axis, base, dense, draw } from './draw.js';
import { moments } from './marks.js';
import { timeAxis } from './time-axis.js';
import { faint, styleOf } from './versions.js';

/** Labels of a window from which on its band is shown whole. */
const ENOUGH = 30;

/**
 * @param versions `version`, `place` and `points` (`at` in milliseconds and the members of the API)
 * @param estimates whether the estimates are shown
 * @param floor below which an alert is due; null for none
 */
export function accuracyChart(element, versions, { from, to }, happened, floor, estimates) {
  const time = timeAxis(from, to);
  const series = (points, member) => points.map(point => ({ x: point.at, y: point[member] }));
  const plain = { pointRadius: 0, pointHitRadius: 0, spanGaps: false };
  const datasets = versions.flatMap(({ version, place, points }) => {
    const style = styleOf(place);
    return [
      { ...plain, label: `${version} lower`, data: series(points, 'accuracy_lower'), borderColor: faint(style.colour, 0.4), borderWidth: 0.75 },
      {
        ...plain, label: `${version} upper`, data: series(points, 'accuracy_upper'), borderColor: faint(style.colour, 0.4), borderWidth: 0.75,
        fill: '-1', backgroundColor: faint(style.colour, 0.14),
      },
      {
        label: version, told: true, data: series(points, 'accuracy'), borderColor: style.colour, backgroundColor: style.colour, borderWidth: 2,
        pointStyle: style.form, pointRadius: dense(element, points) ? 0 : 3, pointHitRadius: 6,
      },
      ...(estimates ? [{
        ...plain, label: `${version} estimate`, told: true, data: series(points, 'estimated_accuracy'), borderColor: style.colour, borderWidth: 1.25,
        borderDash: [2, 3],
      }] : []),
    ];
  });
  if (floor !== null) {
    datasets.push({ ...plain, label: 'floor', data: [{ x: from, y: floor }, { x: to, y: floor }], borderColor: colour('--bad'), borderWidth: 1.25, borderDash: [5, 4] });
  }
  draw(element, {
    type: 'line',
    data: { datasets },
    options: {
      ...base(),
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      scales: {
        x: { ...time, grid: { display: false }, border: { color: colour('--line') }, ticks: { ...time.ticks, color: colour('--faint') } },
        y: axis({ beginAtZero: false, min: lowest(versions, floor), max: 1, ticks: { includeBounds: false, callback: value => percent(value, 0) } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          filter: item => item.dataset.told === true,
          callbacks: {
            title: items => (items[0] ? `${day(from, to, items[0].parsed.x)}${clock(items[0].parsed.x, false)}` : ''),
            label: item => `${item.dataset.label} ${percent(item.parsed.y)}`,
          },
        },
        moments: { moments: happened, colours: { line: colour('--candidate'), text: colour('--candidate') } },
      },
    },
    plugins: [moments],
  });
}

/** What is interesting: the bands of windows with some labels. A wide band of few is cut off. */
function lowest(versions, floor) {
  const values = versions.flatMap(({ points }) => points.flatMap(point =>
    [point.accuracy, point.estimated_accuracy, point.labelled >= ENOUGH ? point.accuracy_lower : null]));
  const known = [...values, floor].filter(value => value !== null);
  return known.length === 0 ? 0 : Math.max(0, Math.floor(Math.min(...known) * 20 - 0.5) / 20);
}

/** Confidence against accuracy of one window: on the diagonal the version knows how right it is. */
export function calibrationChart(element, bins, place) {
  const style = styleOf(place);
  draw(element, {
    type: 'scatter',
    data: {
      datasets: [
        { showLine: true, data: [{ x: 0, y: 0 }, { x: 1, y: 1 }], borderColor: colour('--mark'), borderDash: [5, 4], borderWidth: 1.25, pointRadius: 0, pointHitRadius: 0 },
        {
          showLine: true, borderColor: style.colour, backgroundColor: style.colour, borderWidth: 1.5, pointStyle: style.form,
          data: bins.map(bin => ({ x: bin.mean_confidence, y: bin.accuracy })),
          pointRadius: bins.map(bin => Math.max(3, Math.min(10, Math.sqrt(bin.n)))),
        },
      ],
    },
    options: {
      ...base(),
      interaction: { mode: 'nearest', intersect: true },
      scales: {
        x: { ...axis({ min: 0, max: 1, title: 'confidence', ticks: { callback: value => percent(value, 0) } }), type: 'linear' },
        y: axis({ min: 0, max: 1, title: 'accuracy', ticks: { callback: value => percent(value, 0) } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          filter: item => item.datasetIndex === 1,
          displayColors: false,
          callbacks: { label: item => `confidence ${percent(item.parsed.x)}, accuracy ${percent(item.parsed.y)}, n ${bins[item.dataIndex].n}` },
        },
      },
    },
  });
}
