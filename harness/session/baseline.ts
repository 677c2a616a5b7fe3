import { HarnessError } from '../lib/error.ts';
import { parseJson } from '../lib/parse-json.ts';
import { readTextSync } from '../lib/read-text.ts';
import { nearest } from '../lib/suggestion.ts';
import { type AnomalyId, anomalyIds, isAnomalyId } from '../model/anomaly.ts';
import type { Because, Expired } from '../model/expectations.ts';

/** An anomaly that a team with an old pipeline accepts for a while, with a reason and a last day (UTC, YYYY-MM-DD). */
type Accepted = { readonly anomaly: AnomalyId; readonly until: string; readonly why: string };

export type Baseline = {
  /** Found and allowed. */
  readonly allow: readonly AnomalyId[];
  /** The reason for each allowed anomaly: `the baseline (TICKET-1, until 2027-03-31)`. */
  readonly because: Because;
  /** Anomalies that are forbidden again, one sentence each. */
  readonly expired: readonly string[];
  /** The same by anomaly, without those that another entry still accepts. */
  readonly lapsed: Expired;
};

/** Reads `--baseline FILE`. `nowMs`: Unix milliseconds. Throws HarnessError('usage') naming file and field. */
export const readBaseline = (file: string, nowMs: number): Baseline => {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const accepted = acceptedIn(file);
  const standing = accepted.filter(({ until }) => until >= today);
  const over = accepted.filter(({ until }) => until < today);
  const isStanding = (id: AnomalyId): boolean => standing.some(({ anomaly }) => anomaly === id);
  return {
    allow: [...new Set(standing.map(({ anomaly }) => anomaly))],
    because: Object.fromEntries(
      standing.map(({ anomaly, until, why }) => [anomaly, `the baseline (${why}, until ${until})`]),
    ),
    expired: over.map(
      ({ anomaly, until, why }) =>
        `${file}: ${anomaly} was accepted until ${until} (${why}): it breaks a promise again`,
    ),
    lapsed: Object.fromEntries(
      over.filter(({ anomaly }) => !isStanding(anomaly)).map(({ anomaly, until, why }) => [anomaly, { until, why }]),
    ),
  };
};

// Validated by hand, because `check` loads no schema library: that takes longer than judging a small history.
const acceptedIn = (file: string): readonly Accepted[] => {
  const value = parseJson(readTextSync(file, `--baseline: ${file}`), file);
  const fields = fieldsOf(file, 'the baseline', value, ['accepted']);
  if (!Array.isArray(fields['accepted'])) throw wrong(file, 'accepted: expected a list');
  return fields['accepted'].map((one: unknown, index) => acceptedOf(file, `accepted[${index}]`, one));
};

const acceptedOf = (file: string, place: string, value: unknown): Accepted => {
  const { anomaly, until, why } = fieldsOf(file, place, value, ['anomaly', 'until', 'why']);
  if (typeof anomaly !== 'string' || !isAnomalyId(anomaly))
    throw wrong(file, `${place}.anomaly: there is no anomaly ${show(anomaly)}${nearest(String(anomaly), anomalyIds)}`);
  if (typeof until !== 'string' || !isDay(until))
    throw wrong(file, `${place}.until: expected a day like 2027-03-31, got ${show(until)}`);
  if (typeof why !== 'string' || why.trim() === '')
    throw wrong(file, `${place}.why: expected a reason, got ${show(why)}`);
  return { anomaly, until, why };
};

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (file: string, place: string, value: unknown, known: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(file, `${place}: expected an object, got ${show(value)}`);
  const unknown = Object.keys(value).find((field) => !known.includes(field));
  if (unknown === undefined) return value as Fields;
  throw wrong(file, `${place}: unknown field ${show(unknown)}; possible: ${known.join(', ')}`);
};

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
const show = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);

const wrong = (file: string, what: string): HarnessError =>
  new HarnessError('usage', `${file}: ${what}`, {
    hint: 'a baseline is { "accepted": [{ "anomaly": "key-reorder", "until": "2027-03-31", "why": "TICKET-1" }] }',
  });
