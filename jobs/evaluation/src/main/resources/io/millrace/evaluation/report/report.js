// Draws the charts of a report. The tables say the same; without this they are all there is.
'use strict';
(() => {
  const report = JSON.parse(document.getElementById('report').textContent);
  const MOST_CLASSES = 24;
  let charts = [];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const shorten = text => (text.length > 32 ? text.slice(0, 31) + '…' : text);

  function draw(id, type, data, options) {
    const canvas = document.getElementById(id);
    if (!canvas) return;
    canvas.closest('figure').hidden = false;
    const axis = { grid: { color: colour('line') }, ticks: { color: colour('quiet') }, title: { color: colour('quiet') } };
    const scales = {};
    for (const [name, own] of Object.entries(options.scales)) {
      scales[name] = {
        ...axis, ...own,
        ticks: { ...axis.ticks, ...own.ticks },
        title: { ...axis.title, display: Boolean(own.label), text: own.label },
      };
    }
    charts.push(new Chart(canvas, {
      type,
      data,
      options: {
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        ...options,
        scales,
        plugins: { legend: { labels: { color: colour('text') } }, ...options.plugins },
      },
    }));
  }

  const bars = (label, values, name) => ({ label, data: values, backgroundColor: colour(name), maxBarThickness: 48 });

  function reliability(id, quality, name) {
    const bins = quality.calibration.bins.filter(bin => bin.rows > 0);
    const most = Math.max(...bins.map(bin => bin.rows));
    draw(id, 'scatter', {
      datasets: [
        {
          label: 'Bins, larger for more rows',
          data: bins.map(bin => ({ x: bin.mean_confidence, y: bin.accuracy })),
          pointRadius: bins.map(bin => 4 + 8 * Math.sqrt(bin.rows / most)),
          backgroundColor: colour(name),
          borderColor: colour(name),
          showLine: true,
          borderWidth: 1,
        },
        {
          label: 'Calibrated',
          data: [{ x: 0, y: 0 }, { x: 1, y: 1 }],
          pointRadius: 0,
          showLine: true,
          borderDash: [5, 5],
          borderWidth: 1,
          borderColor: colour('quiet'),
          backgroundColor: 'transparent',
        },
      ],
    }, {
      clip: false,
      scales: {
        x: { min: 0, max: 1, label: 'Mean confidence' },
        y: { min: 0, max: 1, label: 'Accuracy' },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: point => point.datasetIndex > 0 ? 'Calibrated'
              : `${bins[point.dataIndex].rows} rows: sure ${point.parsed.x.toFixed(3)}, right ${point.parsed.y.toFixed(3)}`,
          },
        },
      },
    });
  }

  function evaluation() {
    const { quality, speed } = report;
    reliability('calibration-production', quality.production, 'production');
    reliability('calibration-candidate', quality.candidate, 'candidate');
    const quantiles = ['p50', 'p95', 'p99'];
    const milliseconds = version => quantiles.map(name => 1000 * version.latency_seconds[name]);
    draw('latency', 'bar', {
      labels: ['Median', '95th percentile', '99th percentile'],
      datasets: [
        bars('Production', milliseconds(speed.production), 'production'),
        bars('Candidate', milliseconds(speed.candidate), 'candidate'),
      ],
    }, { scales: { x: {}, y: { beginAtZero: true, label: 'ms' } } });
    draw('throughput', 'bar', {
      labels: speed.production.rounds.map((_, i) => 'Round ' + (i + 1)),
      datasets: [
        bars('Production', speed.production.rounds, 'production'),
        bars('Candidate', speed.candidate.rounds, 'candidate'),
      ],
    }, { scales: { x: {}, y: { beginAtZero: true, label: 'rows a second' } } });
    const changed = quality.classes.filter(change => Math.abs(change.f1_difference) > 5e-5);
    if (changed.length > 0) {
      const shown = changed.length <= MOST_CLASSES ? changed
        : [...changed.slice(0, MOST_CLASSES / 2), ...changed.slice(-MOST_CLASSES / 2)];
      draw('classes', 'bar', {
        labels: shown.map(change => shorten(change.label)),
        datasets: [{
          label: 'F1 difference',
          data: shown.map(change => change.f1_difference),
          backgroundColor: shown.map(change => colour(change.f1_difference < 0 ? 'bad' : 'good')),
          maxBarThickness: 18,
        }],
      }, {
        indexAxis: 'y',
        scales: { x: { label: 'candidate − production' }, y: { ticks: { autoSkip: false } } },
        plugins: { legend: { display: false } },
      });
    }
  }

  function replay() {
    if (!report.answers) return;
    const { confidences, labels, timing } = report.answers;
    draw('confidences', 'bar', {
      labels: confidences.production.map((_, i) => `${(i / 10).toFixed(1)}–${((i + 1) / 10).toFixed(1)}`),
      datasets: [
        bars('Production', confidences.production, 'production'),
        bars('Replay', confidences.replay, 'candidate'),
      ],
    }, { scales: { x: { label: 'Confidence' }, y: { beginAtZero: true, label: 'rows' } } });
    const milliseconds = call => ['p50', 'p95', 'p99'].map(name => call[name] === null ? null : 1000 * call[name]);
    if (timing.production_call.n > 0) {
      draw('calls', 'bar', {
        labels: ['Median', '95th percentile', '99th percentile'],
        datasets: [
          bars('Production', milliseconds(timing.production_call), 'production'),
          bars('Replay', milliseconds(timing.replay_call), 'candidate'),
        ],
      }, { scales: { x: {}, y: { beginAtZero: true, label: 'ms' } } });
    }
    const shown = labels.slice(0, MOST_CLASSES);
    draw('labels', 'bar', {
      labels: shown.map(share => shorten(share.label)),
      datasets: [
        bars('Production', shown.map(share => share.production), 'production'),
        bars('Replay', shown.map(share => share.replay), 'candidate'),
      ],
    }, {
      indexAxis: 'y',
      scales: { x: { beginAtZero: true, label: 'rows' }, y: { ticks: { autoSkip: false } } },
    });
  }

  function drawAll() {
    charts.forEach(chart => chart.destroy());
    charts = [];
    document.querySelectorAll('.script-only').forEach(note => { note.hidden = true; });
    (document.body.dataset.kind === 'replay' ? replay : evaluation)();
  }

  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
