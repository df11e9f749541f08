// Answers of the API as docs/api.md gives them, for the cases that the console shows. Always the same: nothing is drawn by chance.
'use strict';

const NOW = Date.parse('2026-11-22T14:30:00Z');
const PRODUCTION = '1.4.0';
const CANDIDATE = '1.5.0-int8';

const iso = secondsAgo => new Date(NOW - secondsAgo * 1000).toISOString();

/** Radius of the confidence sequence: shared/design, normal mixture. */
function radius(variance, alpha, mde) {
  const v = 1 / variance;
  const best = (2.8 / mde) ** 2;
  const rho = best / (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha)));
  return Math.sqrt((v + rho) * Math.log((v + rho) / (rho * alpha ** 2))) / v;
}

function evidence(metric, production, candidate, margin, mde, more = {}) {
  const alpha = 0.0125;
  const base = {
    metric,
    production: { observations: production[1], events: production[0] },
    candidate: { observations: candidate[1], events: candidate[0] },
    difference: null,
    lower: null,
    upper: null,
    margin,
    alpha,
    threshold_seconds: null,
    label_coverage: null,
    verdict: 'insufficient',
    ...more,
  };
  if (candidate[1] === 0 || (metric !== 'agreement' && production[1] === 0)) {
    return base;
  }
  const share = ([events, n]) => (events + 0.5) / (n + 1);
  const variance = arm => share(arm) * (1 - share(arm)) / arm[1];
  const paired = metric === 'agreement';
  base.difference = paired ? candidate[0] / candidate[1] - 0.1 : candidate[0] / candidate[1] - production[0] / production[1];
  const half = radius(paired ? variance(candidate) : variance(candidate) + variance(production), alpha, mde);
  base.lower = base.difference - half;
  base.upper = base.difference + half;
  const enough = candidate[1] >= 500 && (paired || production[1] >= 500);
  base.verdict = !enough ? 'insufficient' : base.lower > 0 ? 'worse' : base.upper < margin ? 'not_worse' : 'undecided';
  return base;
}

/** What is known after some requests, of which each of the versions answered some. */
function known(production, candidate, rates, shadows = 0) {
  const wobble = n => Math.round(Math.sqrt(n) * 0.6 * Math.sin(n / 37));
  const events = (n, rate) => Math.max(0, Math.min(n, Math.round(n * rate + Math.sqrt(rate) * wobble(n) * 0.4)));
  const arms = (rate, index, share = 1) => {
    const [p, c] = [Math.round(production * share), Math.round(candidate * share)];
    return [[events(p, rate[0]), p], [events(c, rate[index]), c]];
  };
  return [
    evidence('error_rate', ...arms(rates.error, 1), 0.01, 0.02),
    evidence('latency', ...arms(rates.latency, 1), 0.05, 0.05, { threshold_seconds: 0.085 }),
    evidence('accuracy', ...arms(rates.accuracy, 1, 0.18), 0.02, 0.05, { label_coverage: 0.18 }),
    evidence('agreement', [0, 0], [events(shadows, rates.differing), shadows], 0, 0.05),
  ];
}

const GOOD = { error: [0.012, 0.011], latency: [0.02, 0.014], accuracy: [0.075, 0.079], differing: 0.021 };
const BAD = { error: [0.012, 0.013], latency: [0.02, 0.021], accuracy: [0.075, 0.31], differing: 0.09 };

const PLAN = {
  shadow_share: 1,
  steps: [0.05, 0.25, 0.5],
  min_observations: 500,
  min_events: 20,
  max_stage_seconds: 86400,
  alpha: 0.05,
  error_rate: { margin: 0.01, minimum_detectable_effect: 0.02 },
  latency: { margin: 0.05, minimum_detectable_effect: 0.05, threshold_seconds: null },
  accuracy: { margin: 0.02, minimum_detectable_effect: 0.05 },
  agreement: { margin: 0.1, minimum_detectable_effect: 0.05 },
  evaluation_id: '019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11',
  evaluation_override: null,
};

const traffic = (weight, shadow = 0) => ({ version: PRODUCTION, candidate: CANDIDATE, weight, shadow_share: shadow });
const ALONE = { version: PRODUCTION, candidate: null, weight: 0, shadow_share: 0 };

/** Points of a rollout: shadow, then a step each third of the rest. */
function history(points, rates, every = 10) {
  return Array.from({ length: points }, (_, index) => {
    const shadow = index < points / 4;
    const step = shadow ? -1 : Math.min(1, Math.floor((index - points / 4) / (points / 3)));
    const n = (index + 1) * 90;
    const canary = Math.max(0, Math.round((index - points / 4) * 75));
    return {
      at: iso((points - 1 - index) * every),
      phase: shadow ? 'shadow' : 'canary',
      step,
      evidence: shadow ? known(n, n, rates, n) : known(n, canary, rates, Math.round(points / 4) * 90),
    };
  });
}

function decision(revision, sequence, action, phase, step, share, secondsAgo, reason, more = {}) {
  return {
    revision,
    sequence,
    action,
    phase,
    step,
    paused: false,
    traffic: share,
    by: 'controller',
    reason,
    evidence: [],
    decided_at: iso(secondsAgo),
    ...more,
  };
}

const EARLIER = decision(6, 1, 'activate', 'active', -1, ALONE, 3 * 86400, 'All 2 subtasks have loaded and warmed 1.4.0.');

const STARTED = [
  decision(7, 1, 'shadow', 'shadow', -1, traffic(0, 1), 600, 'All 2 subtasks have loaded and warmed 1.5.0-int8.'),
  decision(7, 2, 'step', 'canary', 0, traffic(0.05), 440,
    'Error rate and agreement are not worse in shadow: error rate −0.10 pp (−0.95 to +0.75), margin 1.00 pp.',
    { evidence: known(1350, 1350, GOOD, 1350) }),
  decision(7, 3, 'step', 'canary', 1, traffic(0.25), 240,
    'All guarded metrics are not worse at 5%: error rate −0.12 pp (−1.01 to +0.77), latency −0.60 pp (−1.70 to +0.50).',
    { evidence: known(3150, 1500, GOOD, 1350) }),
];

function rollout(model, more) {
  return {
    model,
    revision: 7,
    phase: 'active',
    step: -1,
    paused: false,
    version: PRODUCTION,
    candidate: CANDIDATE,
    traffic: ALONE,
    plan: PLAN,
    loaded: 2,
    subtasks: 2,
    started_at: iso(610),
    evidence: [],
    history: [],
    decisions: [EARLIER],
    ...more,
  };
}

function newestFirst(...decisions) {
  return [...decisions].sort((a, b) => b.revision - a.revision || b.sequence - a.sequence);
}

function running(model, more) {
  const points = history(60, GOOD);
  return rollout(model, {
    phase: 'canary',
    step: 1,
    traffic: traffic(0.25),
    evidence: points.at(-1).evidence,
    history: points,
    decisions: newestFirst(EARLIER, ...STARTED),
    ...more,
  });
}

const ROLLOUTS = {
  active: model => rollout(model, { revision: 6, candidate: null, plan: null, started_at: null }),
  canary: model => running(model),
  paused: model => running(model, {
    paused: true,
    decisions: newestFirst(EARLIER, ...STARTED, decision(7, 4, 'pause', 'canary', 1, traffic(0.25), 30,
      'The team that labels is away until Monday.', { paused: true, by: 'k3jx8w2m9q1z' })),
  }),
  shadow: model => {
    const points = history(60, GOOD).slice(0, 5);
    return rollout(model, {
      phase: 'shadow',
      traffic: traffic(0, 1),
      evidence: points.at(-1).evidence,
      history: points,
      decisions: newestFirst(EARLIER, STARTED[0]),
    });
  },
  loading: model => rollout(model, { phase: 'loading', loaded: 1, evidence: known(0, 0, GOOD) }),
  promoted: model => running(model, {
    phase: 'promoted',
    step: -1,
    traffic: { version: CANDIDATE, candidate: null, weight: 0, shadow_share: 0 },
    decisions: newestFirst(EARLIER, ...STARTED,
      decision(7, 4, 'step', 'canary', 2, traffic(0.5), 140, 'All guarded metrics are not worse at 25%.'),
      decision(7, 5, 'promote', 'promoted', -1, { ...ALONE, version: CANDIDATE }, 20,
        'All guarded metrics are not worse at 50%.')),
  }),
  rolled_back: model => {
    const points = history(60, BAD);
    return rollout(model, {
      phase: 'rolled_back',
      evidence: points.at(-1).evidence,
      history: points,
      decisions: newestFirst(EARLIER, ...STARTED, decision(7, 4, 'roll_back', 'rolled_back', -1, ALONE, 12,
        'Accuracy is worse: wrong answers 30.4% against 7.5%, difference +22.90 pp (+14.81 to +30.99), n 972 and 608.',
        { evidence: points.at(-1).evidence })),
    });
  },
  rejected: model => rollout(model, {
    phase: 'rejected',
    loaded: 0,
    decisions: newestFirst(EARLIER, decision(7, 1, 'reject', 'rejected', -1, ALONE, 50,
      '1.5.0-int8 cannot be loaded: model.onnx has another checksum than its package says.')),
  }),
};

function deployment(model, { plan, traffic: now, candidate, revision }) {
  return {
    model,
    revision,
    version: now.version,
    candidate: candidate && { version: candidate, weight: now.weight, shadow_share: now.shadow_share },
    fallback_version: '1.3.2',
    cache_ttl_seconds: 3600,
    stale_ttl_seconds: 86400,
    batching: plan && { max_batch_size: 16, max_batch_tokens: null, max_batch_delay_ms: 5 },
    call_timeout_ms: plan ? 1500 : null,
    price_per_hour: plan ? 0.42 : null,
    rollout: plan,
    traffic: now,
    updated_by: 'k3jx8w2m9q1z',
    updated_at: iso(612),
  };
}

function version(model, name, role, aliases, size, accuracy, f1, daysAgo) {
  return {
    model,
    version: name,
    role,
    task: 'text-classification',
    platform: 'onnxruntime_onnx',
    inputs: [],
    outputs: [],
    labels: [],
    baseline: accuracy === null ? {} : { accuracy, macro_f1: f1, log_loss: 0.31, rows: 3080 },
    size_bytes: size,
    aliases,
    registered_at: iso(daysAgo * 86400),
  };
}

function versions(model) {
  return [
    version(model, '1.3.2', 'fallback', [], 90412345, 0.9188, 0.9169, 61),
    version(model, PRODUCTION, 'production', ['champion'], 90423110, 0.9269, 0.9262, 20),
    version(model, CANDIDATE, 'candidate', ['challenger'], 23102488, 0.9231, 0.9224, 2),
    version(model, '1.6.0-rc.1', null, [], null, null, null, 0.4),
  ];
}

function evaluations() {
  return [
    {
      id: '019ab0c4-6f5e-7c31-b1c5-2f7d0a9d3e11',
      candidate: CANDIDATE,
      production: PRODUCTION,
      passed: true,
      failures: [],
      data: 'banking77-test.csv',
      data_sha256: '9f2c'.repeat(16),
      rows: 3080,
      metrics: { accuracy_candidate: 0.9231, accuracy_production: 0.9269, agreement: 0.9794, throughput_ratio: 1.874, size_ratio: 0.2555 },
      created_at: iso(1.9 * 86400),
    },
    {
      id: '019aa000-0000-7c31-b1c5-2f7d0a9d3e12',
      candidate: '1.3.2',
      production: PRODUCTION,
      passed: false,
      failures: ['accuracy is 0.81 pp below production, at most 0.50 pp allowed', 'agreement 0.934, at least 0.950 expected'],
      data: 'banking77-test.csv',
      data_sha256: '9f2c'.repeat(16),
      rows: 3080,
      metrics: { accuracy_candidate: 0.9188, accuracy_production: 0.9269, agreement: 0.934 },
      created_at: iso(15 * 86400),
    },
  ];
}

/** A model and everything of it. `state` is one of ROLLOUTS, or null for one that is registered alone. */
function model(name, state, more = {}) {
  const now = state && structuredClone(ROLLOUTS[state](name));
  return {
    name,
    summary: {
      name,
      version: now ? now.traffic.version : null,
      candidate: ['loading', 'shadow', 'canary'].includes(now?.phase) ? now.candidate : null,
      phase: now ? now.phase : null,
      paused: now ? now.paused : false,
      fallback_version: now ? '1.3.2' : null,
      revision: now ? now.revision : null,
      updated_at: now ? iso(612) : null,
      versions: versions(name).map(entry => entry.version),
      production: null,
    },
    rollout: now,
    deployment: now && deployment(name, now),
    versions: versions(name),
    evaluations: evaluations(),
    reports: { 'support-desk': 'full', moderation: 'few', toxicity: 'hours' }[name] ?? null,
    ...more,
  };
}

function models() {
  return [
    model('embedder', null, { evaluations: [] }),
    model('fraud-score', 'shadow'),
    model('intent-routing', 'active', { evaluations: [] }),
    model('language-id', 'loading'),
    model('moderation', 'paused'),
    model('reranker', 'promoted'),
    model('sentiment', 'rejected'),
    model('support-desk', 'canary'),
    model('toxicity', 'rolled_back'),
  ];
}

function manyModels() {
  return Array.from({ length: 40 }, (_, index) =>
    model(`classifier-${String(index + 1).padStart(2, '0')}-of-a-team-with-a-long-name`, ['active', 'canary', 'promoted'][index % 3]));
}

module.exports = { NOW, CANDIDATE, PRODUCTION, model, models, manyModels };
