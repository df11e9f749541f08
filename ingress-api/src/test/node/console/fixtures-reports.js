// Reports of drift, quality and cost as docs/api.md gives them. Always the same: nothing is drawn by chance.
'use strict';

const LENGTHS = { '1m': 60_000, '1h': 3_600_000, '1d': 86_400_000 };

const NUMBERS = {
  token_count: [11.2, 4.1], character_count: [52, 21], unknown_share: [0.02, 0.015], digit_share: [0.03, 0.025],
  punctuation_share: [0.045, 0.02], confidence: [0.88, 0.09], entropy: [0.61, 0.32], output_norm: [4.2, 0.8],
  'order[total_amount_of_the_basket]': [310, 120],
};
const LABELS = ['card_arrival', 'card_linking', 'exchange_rate', 'lost_or_stolen_card', 'top_up_failed', 'transfer_timing', 'verify_my_identity', 'other'];
const FEATURES = [...Object.keys(NUMBERS), 'label', 'language', 'embedding'];

const wave = (a, b) => Math.sin(a * 12.9898 + b * 78.233) * 0.5 + 0.5;
const round = value => Number(value.toPrecision(5));

/** The windows of a length that begin before a moment, the last `count`. */
function starts(now, window, count) {
  const length = LENGTHS[window];
  const last = Math.floor(now / length) * length - length;
  return Array.from({ length: count }, (_, index) => last - (count - 1 - index) * length);
}

/** How far a feature is moved in a window of the fixtures; of 60 windows. */
function shift(feature, version, segment, index) {
  if (version !== '1.4.0') {
    return 0;
  }
  const since = { token_count: 38, character_count: 40, label: 41, embedding: 44 }[feature] ?? 99;
  return index < since ? 0 : Math.min(1, (index - since + 1) / 4) * (segment === 'all' ? 1 : 1.4);
}

function histogram(feature, moved) {
  if (feature === 'embedding') {
    return [];
  }
  const contribution = (p, q) => {
    const m = (p + q) / 2;
    const part = one => (one > 0 ? one * Math.log2(one / m) / 2 : 0);
    return round(Math.max(0, part(p) + part(q)));
  };
  if (!(feature in NUMBERS)) {
    const names = feature === 'label' ? LABELS : ['en', 'de', 'fr', 'other'];
    const weigh = (name, index, more) => 1 / (index + 1) + (index === 4 ? more : 0);
    const total = more => names.reduce((sum, name, index) => sum + weigh(name, index, more), 0);
    return names.map((category, index) => {
      const p = weigh(category, index, 0) / total(0);
      const q = weigh(category, index, moved * 1.5) / total(moved * 1.5);
      return { lower: null, upper: null, category, reference_share: round(p), share: round(q), contribution: contribution(p, q) };
    });
  }
  const [mean, deviation] = NUMBERS[feature];
  const edges = Array.from({ length: 15 }, (_, index) => mean + deviation * (index - 7) * 0.43);
  const mass = (center, from, to) => Math.exp(-((((from + to) / 2 - center) / deviation) ** 2) / 2);
  const raw = center => edges.slice(0, -1).map((edge, index) => mass(center, edge, edges[index + 1]));
  const reference = raw(mean);
  const current = raw(mean + moved * deviation * 0.9);
  const [all, now] = [reference, current].map(masses => masses.reduce((sum, one) => sum + one, 0));
  const outside = 0.002 + 0.03 * moved;
  return [
    ...reference.map((one, index) => {
      const p = one / all;
      const q = current[index] / now * (1 - outside);
      return { lower: round(edges[index]), upper: round(edges[index + 1]), category: null, reference_share: round(p), share: round(q), contribution: contribution(p, q) };
    }),
    { lower: null, upper: null, category: null, reference_share: 0, share: round(outside), contribution: contribution(0, outside) },
  ];
}

function summary(feature, moved) {
  if (!(feature in NUMBERS)) {
    return null;
  }
  const [mean, deviation] = NUMBERS[feature];
  const at = mean + moved * deviation * 0.9;
  const quantile = z => round(Math.max(0, at + z * deviation));
  return {
    mean: round(at), deviation: round(deviation), min: quantile(-2.4), p05: quantile(-1.64), p25: quantile(-0.67), p50: round(at),
    p75: quantile(0.67), p95: quantile(1.64), max: quantile(3.1),
  };
}

function featureWindow(feature, version, segment, window, start, index, few) {
  const moved = shift(feature, version, segment, index);
  const size = LENGTHS[window] / 60_000;
  const n = few || index % 17 === 11 ? 180 + Math.round(200 * wave(index, 3)) : Math.round((segment === 'all' ? 1150 : 640) * (0.85 + 0.3 * wave(index, 1)) * size);
  const bins = histogram(feature, moved + 0.06 * (wave(index, feature.length) - 0.5));
  const score = round(feature === 'embedding'
    ? 0.002 + 0.004 * wave(index, 5) + 0.05 * moved
    : Math.sqrt(bins.reduce((sum, bin) => sum + bin.contribution, 0)) + 0.035 * wave(index, feature.length));
  const threshold = feature === 'embedding' ? 0.018 : 0.11;
  const p = score >= threshold && moved > 0.2 ? 0.0002 : round(0.08 + 0.8 * wave(index, feature.length + 2));
  const method = feature === 'embedding' ? 'mean_distance' : 'jensen_shannon';
  const late = index === 46;
  const more = feature === 'embedding' ? [] : [
    { method: 'hellinger', profile: 'nannyml', value: round(score * 0.84), threshold: 0.1, p_value: null, adjusted_p_value: null, approximate: false },
    { method: 'psi', profile: 'evidently', value: round(score ** 2 * 5.4), threshold: 0.1, p_value: null, adjusted_p_value: null, approximate: true },
    feature in NUMBERS
      ? { method: 'kolmogorov_smirnov', profile: 'millrace', value: round(score * 0.9), threshold: null, p_value: p, adjusted_p_value: round(Math.min(1, p * 3)), approximate: true }
      : { method: 'chi_square', profile: 'nannyml', value: round(score * 400), threshold: null, p_value: p, adjusted_p_value: round(Math.min(1, p * 3)), approximate: false },
  ];
  return {
    start: new Date(start).toISOString(),
    end: new Date(start + LENGTHS[window]).toISOString(),
    kind: feature === 'embedding' ? 'embedding' : feature in NUMBERS ? 'numeric' : 'categorical',
    verdict: n < 500 ? 'insufficient' : score >= threshold && p < 0.05 ? 'drift' : 'stable',
    method,
    n,
    missing: feature === 'language' ? 12 : 0,
    revision: late ? 1 : 0,
    late: late ? 37 : 0,
    reference: { source: 'package', n: 8124, from: null, until: null },
    scores: [{ method, profile: feature === 'embedding' ? 'millrace' : 'nannyml', value: score, threshold, p_value: p, adjusted_p_value: round(Math.min(1, p * 3)), approximate: false }, ...more],
    bins,
    reference_summary: summary(feature, 0),
    summary: summary(feature, moved),
    created_at: new Date(start + LENGTHS[window] + 2_000).toISOString(),
  };
}

function short(feature, whole) {
  const { kind, verdict, method, n, missing, revision, late, scores: [decisive] } = whole;
  return { feature, kind, verdict, method, score: decisive.value, threshold: decisive.threshold, p_value: decisive.adjusted_p_value, n, missing, revision, late };
}

function quality(version, segment, window, start, index, whole) {
  const size = LENGTHS[window] / 60_000;
  const moved = shift('token_count', version, segment, index);
  const answered = Math.round((version === '1.4.0' ? 860 : 290) * size * (0.85 + 0.3 * wave(index, 2)));
  // Feedback comes later than answers.
  const labelled = index > 57 ? 0 : Math.round(answered * 0.22 * (index > 50 ? (57 - index) / 8 + 0.05 : 1));
  const accuracy = (version === '1.4.0' ? 0.928 - 0.11 * Math.min(1, moved) : 0.921) + 0.018 * (wave(index, version.length) - 0.5);
  const z = 1.96;
  const center = (accuracy + z * z / (2 * labelled)) / (1 + z * z / labelled);
  const half = z / (1 + z * z / labelled) * Math.sqrt(accuracy * (1 - accuracy) / labelled + z * z / (4 * labelled * labelled));
  const known = value => (labelled === 0 ? null : round(value));
  return {
    version,
    start: new Date(start).toISOString(),
    end: new Date(start + LENGTHS[window]).toISOString(),
    revision: index < 50 ? 2 : 0,
    answered,
    labelled,
    label_coverage: round(labelled / answered),
    label_delay_p50_seconds: known(95 + 40 * wave(index, 9)),
    label_delay_p95_seconds: known(410 + 90 * wave(index, 8)),
    accuracy: known(accuracy),
    accuracy_lower: known(center - half),
    accuracy_upper: known(Math.min(1, center + half)),
    macro_f1: known(accuracy - 0.013),
    ece: known(0.024 + 0.05 * moved),
    mean_confidence: round(0.9 - 0.02 * moved),
    estimated_accuracy: round(accuracy + 0.012 + 0.03 * moved),
    estimate_method: 'cbpe',
    reference_accuracy: 0.9269,
    accuracy_floor: 0.88,
    classes: whole && labelled > 0 ? LABELS.map((label, place) => {
      const support = Math.max(1, Math.round(labelled / (place + 2)));
      const hits = Math.round(support * (accuracy - 0.03 * (place % 3)));
      return { label, support, predicted: support + (place % 3) - 1, hits: Math.min(hits, support + (place % 3) - 1) };
    }) : whole ? [] : null,
    calibration: whole && labelled > 0 ? [0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((middle, place) => ({
      lower: round(middle - 0.05), upper: round(middle + 0.05), n: Math.round(labelled * [0.02, 0.04, 0.07, 0.12, 0.25, 0.5][place]),
      mean_confidence: round(middle), accuracy: round(Math.min(1, middle - 0.02 - 0.06 * moved + 0.03 * wave(place, 4))),
    })) : whole ? [] : null,
  };
}

function cost(version, tenant, window, start, index) {
  const size = LENGTHS[window] / 60_000 * (tenant === 'acme' ? 1 : 0.55) * (version === '1.4.0' ? 1 : 0.4);
  const computed = Math.round(640 * size * (0.8 + 0.4 * wave(index, tenant.length)));
  const cached = Math.round(computed * 0.41);
  const coalesced = Math.round(computed * 0.03);
  const seconds = round(computed * (version === '1.4.0' ? 0.0118 : 0.0064));
  const price = version === '1.4.0' ? 0.42 : null;
  const saving = (by, answers, alone, saved) => ({
    by, answers, alone_seconds: round(alone), saved_seconds: round(saved), saved_cost: price === null ? null : saved / 3600 * price,
  });
  return {
    start: new Date(start).toISOString(),
    end: new Date(start + LENGTHS[window]).toISOString(),
    version,
    tenant,
    revision: 0,
    sums: {
      computed, cached, coalesced, fallback: index % 20 === 4 ? 3 : 0, stale: 0, failed: index % 9 === 2 ? 1 : 0,
      tokens: computed * 13, padded_tokens: computed * 15, compute_seconds: seconds,
      unpriced_seconds: price === null ? seconds : 0,
      cost: price === null ? null : seconds / 3600 * price,
      savings: [
        saving('cache', cached, cached * 0.021, cached * 0.021),
        saving('coalescing', coalesced, coalesced * 0.021, coalesced * 0.021),
        saving('batching', computed, computed * 0.021, computed * 0.021 - seconds),
        ...(version === '1.4.0' ? [] : [saving('quantisation', computed, computed * 0.0118, computed * 0.0054)]),
      ],
    },
  };
}

/** Adds up sums of costs. */
function total(rows) {
  const all = structuredClone(rows[0].sums);
  for (const { sums } of rows.slice(1)) {
    for (const [member, value] of Object.entries(sums)) {
      if (member === 'savings') {
        value.forEach((saving, index) => {
          for (const each of ['answers', 'alone_seconds', 'saved_seconds', 'saved_cost']) {
            all.savings[index][each] = saving[each] === null ? all.savings[index][each] : all.savings[index][each] + saving[each];
          }
        });
      } else {
        all[member] = value === null ? all[member] : all[member] + value;
      }
    }
  }
  return all;
}

/**
 * Answers what is asked of the reports of a model.
 *
 * @param kind 'full', 'few' (too few observations, and not all is read yet), 'hours' (of hours alone) or null (none)
 * @param what `drift`, `drift/{feature}`, `quality` or `cost`
 * @return the body, or null for an unknown path
 */
function answer(kind, now, what, parameters) {
  const window = parameters.get('window') ?? '1m';
  const segment = parameters.get('segment') ?? 'all';
  const from = Date.parse(parameters.get('from') ?? new Date(now - 120 * LENGTHS[window]).toISOString());
  const to = Date.parse(parameters.get('to') ?? new Date(now + 1).toISOString());
  const at = parameters.has('at') ? Date.parse(parameters.get('at')) : null;
  const some = kind !== null && (kind !== 'hours' || window === '1h');
  const all = some ? starts(now, window, kind === 'few' ? 8 : 60) : [];
  const chosen = all.map((start, index) => ({ start, index }))
    .filter(({ start }) => (at === null ? start >= from && start < to : at >= start && at < start + LENGTHS[window]));
  const body = {
    model: 'support-desk', window, segment, from: new Date(from).toISOString(), to: new Date(to).toISOString(),
    available: {
      versions: kind === null ? [] : ['1.4.0', '1.5.0-int8'],
      windows: kind === null ? [] : kind === 'hours' ? ['1h'] : ['1m', '1h', '1d'],
      segments: kind === null ? [] : ['all', 'tenant=acme'],
    },
    complete_until: kind === 'few' ? null : new Date(now - 500).toISOString(),
    next: null,
  };
  const version = parameters.get('version') ?? '1.4.0';
  const of = feature => ({ start, index }) => featureWindow(feature, version, segment, window, start, index, kind === 'few');
  if (what === 'drift') {
    return {
      ...body,
      version: kind === null ? null : version,
      windows: chosen.map(one => ({
        start: new Date(one.start).toISOString(),
        end: new Date(one.start + LENGTHS[window]).toISOString(),
        // The vectors of every seventh window came too late for a report.
        features: FEATURES.filter(feature => feature !== 'embedding' || one.index % 7 !== 3).sort().map(feature => short(feature, of(feature)(one))),
      })),
    };
  }
  if (what.startsWith('drift/')) {
    const feature = decodeURIComponent(what.slice('drift/'.length));
    return { ...body, version, feature, windows: FEATURES.includes(feature) ? chosen.map(of(feature)) : [] };
  }
  const versions = parameters.has('version') ? [version] : ['1.4.0', '1.5.0-int8'];
  // The candidate came later.
  const answers = (one, each) => each === '1.4.0' || one.index >= 20;
  if (what === 'quality') {
    return { ...body, windows: chosen.flatMap(one => versions.filter(each => answers(one, each)).map(each => quality(each, segment, window, one.start, one.index, at !== null))) };
  }
  if (what === 'cost') {
    const tenants = parameters.has('tenant') ? [parameters.get('tenant')] : ['acme', 'zoo-and-aquarium'];
    const windows = chosen.flatMap(one => versions.filter(each => answers(one, each)).flatMap(each => tenants.map(tenant => cost(each, tenant, window, one.start, one.index))));
    const totals = versions.flatMap(each => tenants.map(tenant => ({ version: each, tenant, rows: windows.filter(row => row.version === each && row.tenant === tenant) })))
      .filter(({ rows }) => rows.length > 0)
      .map(({ rows, ...group }) => ({ ...group, sums: total(rows) }));
    return { ...body, totals, windows };
  }
  return null;
}

module.exports = { answer, FEATURES };
