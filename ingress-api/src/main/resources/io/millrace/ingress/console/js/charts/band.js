// A difference over time with its confidence band, zero and the margin.
import { clock, points } from '../format.js';
import { colour } from './colours.js';
import { draw } from './draw.js';
import { timeAxis } from './time-axis.js';

/**
 * Draws into an element, or brings what it shows up to date.
 *
 * @param history points in time: `at` (milliseconds), `stage`, `difference`, `lower`, `upper`, shares or null
 * @param margin a share
 */
export function bandChart(element, history, margin) {
  draw(element, configuration(history, margin));
}

function configuration(history, margin) {
  const from = history.at(0)?.at ?? Date.now();
  // A single point is no line.
  const to = Math.max(history.at(-1)?.at ?? 0, from + 10_000);
  const [low, high] = range(history, margin);
  const series = member => history.map(point => ({ x: point.at, y: point[member] }));
  const level = y => [{ x: from, y }, { x: to, y }];
  const line = { pointRadius: 0, pointHitRadius: 0, borderWidth: 1 };
  const text = colour('--faint');
  const grid = colour('--line');
  const candidate = colour('--candidate');
  return {
    type: 'line',
    data: {
      datasets: [
        { ...line, label: 'lower', data: series('lower'), borderColor: candidate, borderWidth: 0.75 },
        {
          ...line, label: 'upper', data: series('upper'), borderColor: candidate, borderWidth: 0.75, fill: '-1',
          backgroundColor: colour('--band'),
        },
        { ...line, label: 'difference', data: series('difference'), borderColor: candidate, borderWidth: 2 },
        { ...line, label: 'zero', data: level(0), borderColor: colour('--ink'), borderWidth: 1.25 },
        { ...line, label: 'margin', data: margin > 0 ? level(margin) : [], borderColor: colour('--warn'), borderWidth: 1.5, borderDash: [5, 4] },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      events: ['mousemove', 'mouseout', 'touchstart', 'touchmove'],
      interaction: { mode: 'index', intersect: false },
      font: { family: getComputedStyle(document.body).fontFamily },
      layout: { padding: { top: 14, right: 4 } },
      scales: {
        x: merge(timeAxis(from, to), {
          display: history.length > 0,
          grid: { display: false },
          border: { color: grid },
          ticks: { color: text },
        }),
        y: {
          min: low,
          max: high,
          grid: { color: grid },
          border: { display: false },
          ticks: { color: text, maxTicksLimit: 6, includeBounds: false, callback: value => points(value, digits(high - low)) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          filter: item => item.datasetIndex < 3,
          displayColors: false,
          callbacks: {
            title: items => (items[0] ? `${clock(items[0].parsed.x)} · ${history[items[0].dataIndex]?.stage ?? ''}` : ''),
            label: item => `${item.dataset.label} ${points(item.parsed.y)}`,
          },
        },
        millraceMarks: { history, margin, colours: { text, grid: colour('--mark'), warn: colour('--warn') } },
      },
    },
    plugins: [marks],
  };
}

/** What is interesting: zero, the margin, and the band as it is now. A wide band at the start is cut off. */
function range(history, margin) {
  const last = history.findLast(({ lower, upper }) => lower != null && upper != null);
  const values = [0, 1.6 * margin, -margin, 0.005, -0.005, ...(last ? [1.5 * last.lower, 1.5 * last.upper] : [])];
  return [Math.min(...values), Math.max(...values)];
}

function digits(span) {
  return span > 0.08 ? 0 : span > 0.02 ? 1 : 2;
}

function merge(base, more) {
  return { ...base, ...more, ticks: { ...base.ticks, ...more.ticks } };
}

/** Where a stage began, the name of the margin, and a word when there is nothing to see yet. */
const marks = {
  id: 'millraceMarks',
  afterDatasetsDraw(chart, args, { history, margin, colours }) {
    const { ctx, chartArea: area, scales } = chart;
    ctx.save();
    ctx.font = `11px ${getComputedStyle(chart.canvas).fontFamily}`;
    ctx.textBaseline = 'bottom';
    let shown = null;
    let free = -Infinity;
    for (const { at, stage } of history) {
      if (stage !== shown) {
        shown = stage;
        const x = scales.x.getPixelForValue(at);
        ctx.strokeStyle = colours.grid;
        ctx.setLineDash([2, 3]);
        ctx.beginPath();
        ctx.moveTo(x, area.top);
        ctx.lineTo(x, area.bottom);
        ctx.stroke();
        if (x > free) {
          ctx.fillStyle = colours.text;
          ctx.textAlign = 'left';
          ctx.fillText(stage, x + 2, area.top - 1);
          free = x + ctx.measureText(stage).width + 8;
        }
      }
    }
    if (margin > 0) {
      ctx.fillStyle = colours.warn;
      ctx.textAlign = 'right';
      ctx.fillText('margin', area.right - 2, scales.y.getPixelForValue(margin) - 2);
    }
    if (!history.some(({ difference }) => difference != null)) {
      ctx.fillStyle = colours.text;
      ctx.textAlign = 'center';
      ctx.fillText(history.length === 0 ? 'Nothing is known over time' : 'No observations yet', (area.left + area.right) / 2, (area.top + area.bottom) / 2 - 6);
    }
    ctx.restore();
  },
};
