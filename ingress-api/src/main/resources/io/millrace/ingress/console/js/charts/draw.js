// Charts in elements: made once, brought up to date, forgotten with their element.
import { colour } from './colours.js';

const charts = new Map();

/** Draws a chart into an element, or brings the one that is there up to date. */
export function draw(element, config) {
  forgetRemoved();
  if (!globalThis.Chart) {
    return; // The table has the numbers.
  }
  const known = charts.get(element);
  if (known) {
    known.data.labels = config.data.labels;
    if (known.data.datasets.length === config.data.datasets.length) {
      known.data.datasets.forEach((dataset, index) => Object.assign(dataset, config.data.datasets[index]));
    } else {
      known.data.datasets = config.data.datasets;
    }
    known.options = config.options;
    known.update('none');
    return;
  }
  const canvas = document.createElement('canvas');
  element.append(canvas);
  charts.set(element, new globalThis.Chart(canvas, config));
}

function forgetRemoved() {
  for (const [element, chart] of charts) {
    if (!element.isConnected) {
      chart.destroy();
      charts.delete(element);
    }
  }
}

const TITLE_HEIGHT = 44;
const LEGEND_HEIGHT = 20;

/**
 * A picture of the chart in an element, with a title above it; null for none.
 *
 * @param legend pairs of a text and a colour
 *
 * @return a promise of a blob
 */
export function picture(element, title, subtitle, legend) {
  const chart = charts.get(element);
  if (!chart) {
    return Promise.resolve(null);
  }
  const source = chart.canvas;
  const scale = source.width / source.clientWidth;
  const above = (TITLE_HEIGHT + (legend.length > 0 ? LEGEND_HEIGHT : 0)) * scale;
  const canvas = document.createElement('canvas');
  canvas.width = source.width;
  canvas.height = source.height + above;
  const context = canvas.getContext('2d');
  context.fillStyle = colour('--card');
  context.fillRect(0, 0, canvas.width, canvas.height);
  const font = getComputedStyle(document.body).fontFamily;
  context.fillStyle = colour('--ink');
  context.font = `600 ${14 * scale}px ${font}`;
  context.fillText(title, 10 * scale, 18 * scale);
  context.fillStyle = colour('--faint');
  context.font = `${12 * scale}px ${font}`;
  context.fillText(subtitle, 10 * scale, 36 * scale);
  let x = 10 * scale;
  for (const [text, tone] of legend) {
    context.fillStyle = tone;
    context.fillRect(x, (TITLE_HEIGHT + 3) * scale, 10 * scale, 10 * scale);
    context.fillStyle = colour('--ink');
    context.fillText(text, x + 15 * scale, (TITLE_HEIGHT + 12) * scale);
    x += context.measureText(text).width + 32 * scale;
  }
  context.drawImage(source, 0, above);
  return new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
}

/** Whether points would cover each other. */
export function dense(element, points) {
  return element.clientWidth / points.length < 10;
}

/** What charts of the console have in common. */
export function base() {
  return {
    animation: false,
    maintainAspectRatio: false,
    events: ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'],
    interaction: { mode: 'index', intersect: false },
    font: { family: getComputedStyle(document.body).fontFamily },
    layout: { padding: { top: 16, right: 6 } },
  };
}

/** A vertical axis. */
export function axis(more = {}) {
  const { ticks, title, ...rest } = more;
  return {
    beginAtZero: true,
    grid: { color: colour('--line') },
    border: { display: false },
    ticks: { color: colour('--faint'), maxTicksLimit: 5, ...ticks },
    title: title ? { display: true, text: title, color: colour('--faint'), font: { size: 11 } } : { display: false },
    ...rest,
  };
}
