import { createHash } from 'node:crypto';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { bytesOf, type Followed, follow } from '../oracles/follow-bytes.ts';
import { judgeBytes } from '../oracles/judge-bytes.ts';
import { shortWordsOf, wordsOf } from './approved/dump-sentences.ts';

/** By name, what the judge says of a history; made when it is asked for. */
export type Group = ReadonlyMap<string, () => readonly string[] | Promise<readonly string[]>>;

/** Made once: mutation testing asks again and again. */
export const once = <T>(make: (seed: string) => T): ((seed: string) => T) => {
  const made = new Map<string, T>();
  return (seed) => {
    const before = made.get(seed);
    if (before !== undefined) return before;
    const now = make(seed);
    made.set(seed, now);
    return now;
  };
};

export const inFull = (lines: readonly HistoryLine[]) => async () => wordsOf(await checkHistory(lines));

/** The judge of the whole, by either decoder; one that reads a line, and one that scans it. */
export const inShort = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [judgeBytes(bytes, true), judgeBytes(bytes, false)].map(shortOf);
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
const shortOf = (said: ReturnType<typeof judgeBytes>): string => (typeof said === 'string' ? said : shortWordsOf(said));

/** The judge that follows plain histories, by either decoder: what it says, or why it leaves the history. */
export const inPassing = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [follow(bytes, true), follow(bytes, false)].map(plainOf);
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
const plainOf = ({ said, aside }: Followed): string =>
  typeof said === 'string'
    ? said
    : `${aside === undefined ? 'plain' : `aside, ${aside}`}: ${JSON.stringify([said.counts, said.power, said.unknown])}`;

/** Eight letters for all that is said: for mutation testing, which asks only whether anything changed. */
export const markOf = (said: unknown): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 8);
