import { type Claim, type HistoryVerdict, isViolation } from '../../model/verdict.ts';
import { forbiddenIn } from '../claim-counts.ts';
import { consumerBreaks } from '../consumer-words.ts';
import { countOf, numberOf } from '../naming.ts';
import { twiceWords } from '../twice-words.ts';
import type { Answer, OrderState } from './data.ts';

/**
 * The first answer: was the order kept? It is measured, not judged. A broken order that nothing forbids has another
 * state than a violation.
 */
export const orderOf = (history: HistoryVerdict): { readonly state: OrderState; readonly answer: Answer } => {
  const { order, power, claims } = history;
  if (order.kept === false) {
    const { removals = 0, displacement = 0 } = power;
    const census =
      removals > 0
        ? `; without ${countOf(removals, 'record')} it would be kept; displaced by at most ${displacement}`
        : '';
    const detail = `${countOf(order.inversions, 'inversion')} in ${countOf(order.flowsBroken, 'key')}${census}`;
    const isForbidden = history.findings.some((finding) => finding.anomaly === 'key-reorder' && isViolation(finding));
    const isRed = isForbidden || history.verdict === 'violated';
    return { state: isRed ? 'broken' : 'asked', answer: { word: 'Not kept', detail } };
  }
  const consumer = consumerBreaks(history);
  if (consumer !== undefined) {
    const detail = `${order.kept === null ? 'not tested' : 'kept'} in the stream; ${consumer.words}`;
    return { state: consumer.isForbidden ? 'broken' : 'asked', answer: { word: 'Not kept', detail } };
  }
  if (order.kept === null) {
    const claim = claims.find(({ anomaly }) => anomaly === 'key-reorder');
    return { state: 'unknown', answer: { word: 'Not tested', detail: whyUnknown(claim, order.pairs) } };
  }
  const pairs = `${countOf(order.pairs, 'pair')} of neighbours within a key`;
  const twice = twiceWords(history);
  const detail = `${pairs}, all read as they were sent${twice === undefined ? '' : `; ${twice}`}`;
  return { state: 'kept', answer: { word: 'Kept', detail } };
};

const whyUnknown = (claim: Claim | undefined, pairs: number): string =>
  pairs === 0
    ? 'no two records of one key were read at places that can be compared'
    : (claim?.why ?? 'the claim about the order of keys was not judged');

/** The second answer: are promises broken? */
export const promisesOf = (history: HistoryVerdict): Answer => {
  const { verdict, claims, unknown, findings } = history;
  const of = (value: Claim['verdict']): readonly Claim[] => claims.filter((claim) => claim.verdict === value);
  const [violated, holding, open, away] = [of('violated'), of('holds'), of('unknown'), of('not-applicable')];
  const rest = [
    `${holding.length} hold`,
    ...(open.length === 0 ? [] : [`${open.length} unknown`]),
    ...(away.length === 0 ? [] : [`${away.length} not applicable`]),
  ].join(', ');
  if (violated.length > 0) {
    const named = violated.slice(0, 3).map((claim) => violatedWords(claim, forbiddenIn(claim, history)));
    const more = violated.length > 3 ? `; and ${countOf(violated.length - 3, 'more claim')}` : '';
    return { word: `${violated.length} violated`, detail: `${named.join('; ')}${more}; ${rest}` };
  }
  if (verdict === 'unknown') return { word: 'Unknown', detail: `${unknown[0] ?? 'nothing could be judged'}; ${rest}` };
  const allowed = findings.filter(
    ({ expect, explainedBy }) => expect !== 'forbid' && expect !== 'report' && explainedBy === null,
  );
  return {
    word: 'All hold',
    detail: `${rest}${allowed.length === 0 ? '' : `; ${countOf(allowed.length, 'finding')} allowed`}`,
  };
};

/** Counts what breaks the promise, as the terminal does, and what is allowed beside it. */
const violatedWords = ({ anomaly, found, allowed, why }: Claim, forbidden: number): string => {
  const times = found === 0 ? 'was not found' : forbidden === 1 ? 'once' : `${numberOf(forbidden)} times`;
  return `${anomaly} ${times}, ${why}${allowed === 0 ? '' : ` (${numberOf(allowed)} more allowed)`}`;
};
