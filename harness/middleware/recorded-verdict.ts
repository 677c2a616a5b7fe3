import { checkHistory } from '../judging/check-history.ts';
import type { Expectations } from '../model/expectations.ts';
import { type HistoryVerdict, mergeVerdicts, type Verdict } from '../model/verdict.ts';
import { isOrderTested } from '../record/is-order-tested.ts';
import { failureText } from '../report/failure-text.ts';
import { headlineText } from '../report/headline.ts';
import { withWitnesses } from '../session/write-witnesses.ts';
import type { Recorded } from './client-recording.ts';

export type RecordedVerdict = {
  /** The worst verdict of all streams. Streams that no call tested do not count. */
  readonly verdict: Verdict['verdict'];
  /** One verdict for each stream. */
  readonly histories: readonly HistoryVerdict[];
  /** True if the order of each key was kept, false if not, `null` if no stream tells. */
  readonly kept: boolean | null;
  /** The first line of each stream's report. */
  readonly headline: string;
  /**
   * Why a promise is broken, the order was not kept, or nothing was tested; undefined if the verdict is `holds` and
   * the order was kept. Use it as the test's message.
   */
  readonly failure: string | undefined;
  /** Notes that no claim covers. */
  readonly notes: readonly string[];
};

export type Rules = { readonly strict: boolean; readonly expect: Expectations | undefined };

/** Judges the recorded histories, and writes the messages for the test. */
export const recordedVerdict = async (
  { histories, calls, notes, failure }: Recorded,
  folder: string,
  { strict, expect }: Rules,
): Promise<RecordedVerdict> => {
  const rules = { strict, ...(expect === undefined ? {} : { expect }) };
  const judged: HistoryVerdict[] = [];
  for (const { path } of histories) {
    const history = await checkHistory(path, rules);
    const { signal } = new AbortController();
    judged.push(await withWitnesses(path, history, { ...rules, folder, signal, onlyViolations: true }));
  }
  const kept = keptOf(judged);
  const tested = judged.filter(isOrderTested);
  const verdict =
    failure !== undefined || tested.length === 0 ? 'unknown' : mergeVerdicts(tested.map((history) => history.verdict));
  const all = [...notes, ...histories.flatMap((history) => history.notes)];
  const words = [
    ...(failure === undefined ? [] : [[failure.message, failure.hint].filter(Boolean).join('\n  ')]),
    ...judged.flatMap((history, index) => redWords(history, histories[index]?.stream ?? '') ?? []),
    ...(kept === null && failure === undefined ? [untestedWords(calls)] : []),
    ...all,
  ];
  const isGreen = verdict === 'holds' && kept === true;
  return {
    verdict: verdict === 'holds' && kept === null ? 'unknown' : verdict,
    histories: judged,
    kept,
    headline: judged
      .map((history, index) => headlineText({ history, run: { scenario: histories[index]?.stream ?? '' } }))
      .join('\n'),
    failure: isGreen ? undefined : words.join('\n'),
    notes: all,
  };
};

const keptOf = (histories: readonly HistoryVerdict[]): boolean | null => {
  const all = histories.map(({ order }) => order.kept);
  if (all.includes(false)) return false;
  return all.includes(true) ? true : null;
};

const redWords = (history: HistoryVerdict, scenario: string): readonly string[] | undefined => {
  if (!isOrderTested(history)) return undefined;
  const text = failureText({ history, run: { scenario } });
  if (text !== undefined) return [text];
  return history.order.kept === false ? [headlineText({ history, run: { scenario } })] : undefined;
};

const untestedWords = (calls: number): string =>
  calls === 0
    ? 'order not tested: no call came through the client. A mock of send (aws-sdk-client-mock) answers instead of an engine: no record is sent or stored'
    : 'order not tested: no key has two records that can be compared. Name the counter with id, and what must be in order with its key=';
