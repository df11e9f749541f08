// What the guarded metrics of a rollout are. Each is a share of bad events: above zero, the candidate is worse.
import { duration, percent } from '../format.js';

const METRICS = {
  error_rate: { label: 'Error rate', events: () => 'Failed answers' },
  latency: {
    label: 'Latency',
    events: evidence => evidence.threshold_seconds == null
      ? 'Answers slower than the threshold'
      : `Answers slower than ${duration(evidence.threshold_seconds)}`,
  },
  accuracy: {
    label: 'Accuracy',
    events: evidence => evidence.label_coverage == null
      ? 'Wrong answers among those with feedback'
      : `Wrong answers among those with feedback (${percent(evidence.label_coverage)} have it)`,
  },
  agreement: { label: 'Agreement', events: () => 'Shadow answers that differ, less the share that may' },
};

export function metricLabel(metric) {
  return METRICS[metric]?.label ?? metric;
}

/** What is counted, in a few words. */
export function metricEvents(evidence) {
  return METRICS[evidence.metric]?.events(evidence) ?? 'Bad answers';
}

/** The share of bad events; null without observations. */
export function shareOf(arm) {
  return arm && arm.observations > 0 ? arm.events / arm.observations : null;
}
