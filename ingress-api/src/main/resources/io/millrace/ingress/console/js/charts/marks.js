// What happened to the model, over a chart with a time axis: dashed lines with their names.

/** A plugin for Chart.js; `options.plugins.moments` has `moments` (`at`, `label`) and `colours` (`line`, `text`). */
export const moments = {
  id: 'moments',
  afterDatasetsDraw(chart, args, { moments: all = [], colours }) {
    const { ctx, chartArea: area, scales } = chart;
    ctx.save();
    ctx.font = `11px ${getComputedStyle(chart.canvas).fontFamily}`;
    ctx.textBaseline = 'bottom';
    ctx.strokeStyle = colours?.line;
    ctx.fillStyle = colours?.text;
    ctx.setLineDash([2, 3]);
    let free = -Infinity;
    for (const { at, label } of all) {
      const x = scales.x.getPixelForValue(at);
      if (x < area.left || x > area.right) {
        continue;
      }
      ctx.beginPath();
      ctx.moveTo(x, area.top);
      ctx.lineTo(x, area.bottom);
      ctx.stroke();
      const width = ctx.measureText(label).width;
      // To the left of the line where there is no room at its right.
      const left = x + width + 2 > area.right ? x - width - 2 : x + 2;
      if (left > free) {
        ctx.fillText(label, left, area.top - 1);
        free = left + width + 6;
      }
    }
    ctx.restore();
  },
};
