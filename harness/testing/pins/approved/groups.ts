import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory, type HistoryLine } from '../../../judging/check-history.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { cleanHistory } from '../../generators/clean-history.ts';
import { allMutations } from '../../generators/mutations/registry.ts';
import { ordinaryHistory } from '../../generators/ordinary-history.ts';
import { changedAt, smallChanges } from '../../generators/small-changes.ts';
import { mutated } from '../../suites/kill.ts';
import { goldenFolder, goldenHistories, smallestHistories } from '../golden.ts';
import { type Group, inFull, inPassing, inShort, once } from '../judgements.ts';
import { shortWordsOf, wordsOf } from './dump-sentences.ts';

const names = Object.keys(smallChanges);
const baseSeeds = ['approved/1', 'approved/2', 'approved/3', 'approved/4'];

const cleanLines = once((seed) => cleanHistory(`approved/${seed}`, 20 + Number(seed)));
const plainLines = once((seed) => ordinaryHistory(`approved/${seed}`, 10 + 2 * Number(seed)));

const golden = (): Group =>
  new Map([
    ...[...smallestHistories(), ...goldenHistories()].map(([name, lines]) => [name, inFull(lines)] as const),
    ...readdirSync(goldenFolder)
      .filter((name) => name.startsWith('found.'))
      .map(
        (name) => [name, async () => wordsOf(await checkHistory(join(goldenFolder, name), { path: name }))] as const,
      ),
  ]);

const engines = (): Group => {
  const folder = join(goldenFolder, 'engines');
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.gz'))
      .map((name) => [name, async () => wordsOf(await checkHistory(join(folder, name), { path: name }))]),
  );
};

const mutations = (): Group =>
  new Map(
    allMutations.map((mutation) => [
      `${mutation.anomaly}: ${mutation.name}`,
      async () => {
        const lines = mutatedLines(mutation.name);
        return lines === null ? ['no place for it'] : findingsFirst(await checkHistory(lines));
      },
    ]),
  );

const mutatedLines = once((name) => {
  const mutation = allMutations.find((one) => one.name === name);
  for (let seed = 0; mutation !== undefined && seed < 40; seed += 1) {
    const lines = mutated(mutation, `approved/${seed}`, 20);
    if (lines !== undefined) return lines;
  }
  return null;
});

/** What is forbidden in full, the rest by its name: their words are those of the clean ones. */
const findingsFirst = (verdict: HistoryVerdict): readonly string[] => [
  shortWordsOf(verdict),
  ...wordsOf({ ...verdict, findings: verdict.findings.filter(({ expect }) => expect === 'forbid') }),
];

const clean = (): Group =>
  new Map(
    Array.from({ length: 30 }, (_, index) => [
      `${index}`,
      async () => wordsOf(await checkHistory(cleanLines(`${index}`))),
    ]),
  );

const plain = (): Group =>
  new Map(Array.from({ length: 60 }, (_, index) => [`${index}`, () => [inPassing(plainLines(`${index}`))]]));

/** Every small change at every fourth line of a few histories: one text a history and change. */
const changed =
  (make: (seed: string) => readonly HistoryLine[], judge: (lines: readonly unknown[]) => string) => (): Group =>
    new Map(
      baseSeeds.flatMap((seed) =>
        names.map((name, which) => [`${seed}, ${name}`, () => changesOf(make(seed), { name, which, judge })] as const),
      ),
    );

const changesOf = (
  lines: readonly HistoryLine[],
  how: { readonly name: string; readonly which: number; readonly judge: (lines: readonly unknown[]) => string },
): readonly string[] => {
  const said: string[] = [];
  for (let index = 2 + (how.which % 4); index < lines.length; index += 4)
    said.push(`${index + 1}: ${how.judge(changedAt(lines, { name: how.name, index, random: index + how.which }))}`);
  return said;
};

/** Sentences that a reader can judge. What only tells that something changed lies in testing/marks. */
export const groups: Readonly<Record<string, () => Group>> = {
  golden,
  engines,
  mutations,
  clean,
  plain,
  'plain-changed': changed(
    once((seed) => ordinaryHistory(seed, 40)),
    inPassing,
  ),
  'clean-changed': changed(
    once((seed) => cleanHistory(seed, 14)),
    inShort,
  ),
};
