import { several } from '../lib/several.ts';
import type { AnswerKind } from './answer.ts';
import type { ConformanceResult } from './result.ts';

/** One claim whose answer differs between two results: of two versions of an engine, or of two engines. */
export type Change = {
  readonly claim: string;
  /** Undefined if only the other result has the claim. */
  readonly from: AnswerKind | undefined;
  readonly to: AnswerKind | undefined;
  readonly saw: string;
  /** True if it conformed, and no longer does. */
  readonly isWorse: boolean;
};

export const compareResults = (old: ConformanceResult, now: ConformanceResult): readonly Change[] => {
  const [before, after] = [byClaim(old), byClaim(now)];
  const claims = [...new Set([...before.keys(), ...after.keys()])];
  return claims.flatMap((claim) => {
    const [from, to] = [before.get(claim), after.get(claim)];
    if (from?.kind === to?.kind) return [];
    const isWorse = from?.kind === 'conforms' && to !== undefined;
    return [{ claim, from: from?.kind, to: to?.kind, saw: (to ?? from)?.saw ?? '', isWorse }];
  });
};

type Answers = ReadonlyMap<string, ConformanceResult['answers'][number]>;

const byClaim = (result: ConformanceResult): Answers => new Map(result.answers.map((answer) => [answer.claim, answer]));

/** True if both results have an answer to a common claim. Otherwise there is nothing to compare. */
export const haveCommon = (old: ConformanceResult, now: ConformanceResult): boolean => {
  const before = byClaim(old);
  return now.answers.some(({ claim }) => before.has(claim));
};

/** The changes as text, the worse ones first. */
export const renderChanges = (old: ConformanceResult, now: ConformanceResult): string => {
  const changes = compareResults(old, now).toSorted((a, b) => Number(b.isWorse) - Number(a.isWorse));
  const head = `${nameOf(old)} → ${nameOf(now)}: ${changes.length === 0 ? 'no claim is answered otherwise' : `${several(changes.length, 'claim')} ${changes.length === 1 ? 'is' : 'are'} answered otherwise`}`;
  return `${[head, ...changes.map(line)].join('\n')}\n`;
};

export const nameOf = (result: ConformanceResult): string => `${result.engine} ${result.engineVersion}`;

const line = ({ claim, from, to, saw, isWorse }: Change): string =>
  `  ${isWorse ? '✗' : to === 'conforms' ? '✓' : '·'} ${claim}: ${from ?? 'not asked'} → ${to ?? 'not asked'}\n      ${saw}`;
