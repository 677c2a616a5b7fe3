import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { nearNames } from '../lib/near-names.ts';
import { print } from '../lib/print.ts';
import { nearest } from '../lib/suggestion.ts';
import { type AnomalyId, anomalyIds, isAnomalyId } from '../model/anomaly.ts';
import type { Because, Expired } from '../model/expectations.ts';
import { type Expectations, expectLists, overridden, type Question, questions } from '../model/expectations.ts';
import { readBaseline } from './baseline.ts';

/**
 * How a history is judged: what the command line, the configuration and the functions for tests set, over the
 * scenario.
 */
export type Judging = {
  readonly question?: Question;
  readonly expect?: Expectations;
  readonly because?: Because;
  readonly expired?: Expired;
};

/**
 * `--question`, `--forbid`, `--allow`, `--find` and `--ignore`, as commander passes them: each list several times,
 * and with commas.
 */
export type JudgingFlags = {
  readonly question?: string | undefined;
  readonly forbid?: readonly string[] | undefined;
  readonly allow?: readonly string[] | undefined;
  readonly find?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
  /** A file of anomalies that are accepted until a date. */
  readonly baseline?: string | undefined;
};

export const judgingOfFlags = ({ question, baseline, ...lists }: JudgingFlags): Judging => {
  const expect = mapLists((list) => lists[list]?.flatMap((text) => text.split(',')));
  if (baseline === undefined) return checkedJudging({ question, expect }, '--');
  const { allow, because, expired, lapsed } = readBaseline(baseline, systemClock().wallMs());
  for (const sentence of expired) print.err(`kinesis-order: ${sentence}\n`);
  const merged = { ...expect, allow: [...(expect.allow ?? []), ...allow] };
  return checkedJudging({ question, expect: merged, because, expired: lapsed }, '--');
};

type Unchecked = {
  readonly question?: string | undefined;
  readonly expect?: { readonly [list in keyof Expectations]?: readonly string[] | undefined } | undefined;
  readonly because?: Because | undefined;
  readonly expired?: Expired | undefined;
};

/**
 * Throws HarnessError('usage') for a question or an anomaly that does not exist, and for an anomaly in two lists.
 * `prefix` stands before the name of a list in messages.
 */
export const checkedJudging = ({ question, expect = {}, because, expired }: Unchecked, prefix = 'expect.'): Judging => {
  const lists = mapLists((list) => expect[list] && anomaliesOf(`${prefix}${list}`, expect[list]));
  assertApart(lists, prefix);
  const known = questions.find((one) => one === question);
  if (question !== undefined && known === undefined) {
    throw new HarnessError(
      'usage',
      `${prefix === '--' ? prefix : ''}question: there is no question ${JSON.stringify(question)}${nearest(question, questions)}`,
      { hint: `possible: ${questions.join(', ')}` },
    );
  }
  return {
    ...(known === undefined ? {} : { question: known }),
    ...(Object.keys(lists).length === 0 ? {} : { expect: lists }),
    ...(because === undefined ? {} : { because }),
    ...(expired === undefined ? {} : { expired }),
  };
};

/** Anomalies by name; throws HarnessError('usage') for one that does not exist. */
export const anomaliesOf = (flag: string, names: readonly string[]): readonly AnomalyId[] =>
  [...new Set(names)].map((name) => {
    const id = name.trim();
    if (isAnomalyId(id)) return id;
    throw new HarnessError('usage', `${flag}: there is no anomaly ${JSON.stringify(id)}${didYouMean(id)}`, {
      hint: 'kinesis-order list checks names all of them',
    });
  });

/** A suggestion, or an empty string if no name is near, because a wild guess misleads. */
const didYouMean = (id: string): string => (nearNames(id, anomalyIds).length === 0 ? '' : nearest(id, anomalyIds));

/** Merges two settings; `over` wins. */
export const mergedJudging = (base: Judging, over: Judging): Judging => {
  const question = over.question ?? base.question;
  const expect = overridden(base.expect, over.expect);
  const because = over.because ?? base.because;
  const expired = over.expired ?? base.expired;
  return {
    ...(question === undefined ? {} : { question }),
    ...(Object.keys(expect).length === 0 ? {} : { expect }),
    ...(because === undefined ? {} : { because }),
    ...(expired === undefined ? {} : { expired }),
  };
};

/** The flags, for the line that replays a run. */
export const judgingArgsOf = ({ question, expect = {} }: Judging): string =>
  [
    question === undefined ? '' : ` --question ${question}`,
    ...expectLists.map((list) => (expect[list] === undefined ? '' : ` --${list} ${expect[list].join(',')}`)),
  ].join('');

const mapLists = <T>(valueOf: (list: keyof Expectations) => T | undefined): { [list in keyof Expectations]?: T } =>
  Object.fromEntries(
    expectLists.map((list) => [list, valueOf(list)] as const).filter(([, value]) => value !== undefined),
  );

const assertApart = (expect: Expectations, prefix: string): void => {
  const found = new Map<AnomalyId, string>();
  for (const list of expectLists) {
    for (const id of new Set(expect[list])) {
      const before = found.get(id);
      if (before !== undefined)
        throw new HarnessError('usage', `${prefix}${list}: ${id} is in ${prefix}${before} already`);
      found.set(id, list);
    }
  }
};
