// Reference and window as one histogram with shared bins; below it what each bin adds to the distance.
import { percent, significant } from '../format.js';
import { colour } from './colours.js';
import { axis, base, draw } from './draw.js';

/**
 * @param bins as the API gives them, with `label`
 */
export function histogram(element, bins) {
  const bar = { barPercentage: 0.92, categoryPercentage: 0.86 };
  draw(element, {
    type: 'bar',
    data: {
      labels: bins.map(bin => bin.label),
      datasets: [
        {
          ...bar, label: 'Reference', data: bins.map(bin => bin.reference_share), yAxisID: 'y',
          backgroundColor: colour('--reference'), borderColor: colour('--edge'), borderWidth: 1,
        },
        { ...bar, label: 'This window', data: bins.map(bin => bin.share), yAxisID: 'y', backgroundColor: colour('--production') },
        { ...bar, label: 'Adds', data: bins.map(bin => bin.contribution), yAxisID: 'adds', backgroundColor: colour('--warn'), grouped: false, barPercentage: 0.5 },
      ],
    },
    options: {
      ...base(),
      scales: {
        x: { grid: { display: false }, border: { color: colour('--line') }, ticks: { color: colour('--faint'), maxRotation: 60, autoSkipPadding: 8 } },
        adds: axis({ stack: 'one', stackWeight: 1, title: 'adds', ticks: {
          maxTicksLimit: 3,
          // The highest one would stand on the zero of the axis above.
          callback: (value, index, ticks) => (index === ticks.length - 1 ? '' : significant(value)),
        } }),
        y: axis({ stack: 'one', stackWeight: 3, title: 'share', ticks: { callback: value => percent(value, 0) } }),
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: {
            label: item => (item.datasetIndex === 2
              ? `adds ${significant(item.parsed.y)} to the squared distance`
              : `${item.dataset.label} ${percent(item.parsed.y)}`),
          },
        },
      },
    },
  });
}
