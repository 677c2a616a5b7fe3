import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory, type HistoryLine } from '../../check-history.ts';
import { seededRandom } from '../../lib/random.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { cleanHistory } from '../clean-history.ts';
import { contractHistories } from '../contract/histories.ts';
import { variants } from '../contract/variants.ts';
import { bytesOf, type Followed, follow } from '../follow-bytes.ts';
import { goldenFolder, goldenHistories } from '../golden.ts';
import { judgeBytes } from '../judge-bytes.ts';
import { mutated } from '../kill.ts';
import { allMutations } from '../mutations/registry.ts';
import { plainHistory } from '../plain-history.ts';
import { changedAt, movedDown, otherChanges, smallChanges } from '../small-changes.ts';
import { wildHistory } from '../wild/wild-history.ts';
import { shortWordsOf, wordsOf } from './words.ts';

/** By name, what the judge says of a history; made when it is asked for. */
export type Group = ReadonlyMap<string, () => readonly string[] | Promise<readonly string[]>>;

const names = Object.keys(smallChanges);
const allNames = [...names, ...Object.keys(otherChanges)] as [string, ...string[]];
const baseSeeds = ['approved/1', 'approved/2', 'approved/3', 'approved/4'];

/** Made once: mutation testing asks again and again. */
const once = <T>(make: (seed: string) => T): ((seed: string) => T) => {
  const made = new Map<string, T>();
  return (seed) => {
    const before = made.get(seed);
    if (before !== undefined) return before;
    const now = make(seed);
    made.set(seed, now);
    return now;
  };
};

const cleanLines = once((seed) => cleanHistory(`approved/${seed}`, 20 + Number(seed)));
const plainLines = once((seed) => plainHistory(`approved/${seed}`, 10 + 2 * Number(seed)));

const inFull = (lines: readonly HistoryLine[]) => async () => wordsOf(await checkHistory(lines));

/** The judge of the whole, by either decoder; one that reads a line, and one that scans it. */
const inShort = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [judgeBytes(bytes, true), judgeBytes(bytes, false)].map(shortOf);
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
const shortOf = (said: ReturnType<typeof judgeBytes>): string => (typeof said === 'string' ? said : shortWordsOf(said));

/** The judge that follows plain histories, by either decoder: what it says, or why it leaves the history. */
const inPassing = (lines: readonly unknown[]): string => {
  const bytes = bytesOf(lines);
  const [scanned, decoded] = [follow(bytes, true), follow(bytes, false)].map(plainOf);
  return scanned === decoded ? (scanned ?? '') : `scanned: ${scanned} / decoded: ${decoded}`;
};
const plainOf = ({ said, aside }: Followed): string =>
  typeof said === 'string'
    ? said
    : `${aside === undefined ? 'plain' : `aside, ${aside}`}: ${JSON.stringify([said.counts, said.power, said.unknown])}`;

const golden = (): Group =>
  new Map([
    ...[...goldenHistories()].map(([name, lines]) => [name, inFull(lines)] as const),
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

/** Whatever is said of the cases of the contract beside what they ask for. */
const contract = (): Group =>
  new Map(
    [...contractHistories()].map(([name, make]) => [
      name,
      async () => {
        const { lines, options } = make();
        return [markOf(await checkHistory(lines, options)), inPassing(lines)];
      },
    ]),
  );

/** The same in other ways of telling them: each way with every third of them, twenty in a text, from their bytes. */
const varied = (): Group => {
  const cases = [...contractHistories().values()];
  return new Map(
    Object.entries(variants).flatMap(([name, vary], way) => {
      const mine = cases.filter((_, index) => index % 3 === way % 3);
      return Array.from({ length: Math.ceil(mine.length / perBlock) }, (_, block) => {
        const some = mine.slice(block * perBlock, (block + 1) * perBlock);
        return [
          `${name}, ${block}`,
          () =>
            some.map((make) => {
              const lines = vary(make().lines);
              return markOf([judgeBytes(bytesOf(lines), true), inPassing(lines)]);
            }),
        ] as const;
      });
    }),
  );
};

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

/** Of histories by the hundred, only a mark of all that is said: that a change changes it is what is asked here, and the readable ones above tell what. */
const marks = (size: number, judge: (seed: string) => unknown): Group =>
  new Map(
    Array.from({ length: size }, (_, block) => [
      `${block * perBlock} to ${(block + 1) * perBlock - 1}`,
      () => Array.from({ length: perBlock }, (__, index) => markOf(judge(`${block * perBlock + index}`))),
    ]),
  );
const perBlock = 20;

const markOf = (said: unknown): string =>
  createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 8);

const wildBytes = once((seed) => bytesOf(wildHistory(`approved/${seed}`, 4 + (Number(seed) % 17))));
const wild = (seed: string): unknown => {
  const bytes = wildBytes(seed);
  const [scanned, decoded] = [judgeBytes(bytes, true), judgeBytes(bytes, false)];
  return JSON.stringify(scanned) === JSON.stringify(decoded) ? scanned : [scanned, decoded];
};

/** A plain history with two small changes, as the judge sees it that follows plain ones. */
const nearlyPlain = (seed: string): unknown => inPassing(nearlyPlainLines(seed));
/** The same with puts that fail, readers that begin again, and reshards. */
const troubled = (seed: string): unknown => inPassing(troubledLines(seed));
const troubledLines = once((seed) => {
  const random = seededRandom(`troubled/${seed}`);
  const troubles = { troubles: random.int(0, 1) === 1, reshards: random.int(0, 2) > 0 };
  const lines = plainHistory(`approved/troubled/${seed}`, 4 + (Number(seed) % 40), troubles);
  const [name, index] = [random.pick(allNames), random.int(1, lines.length - 2)];
  const what = random.int(0, 3);
  if (what === 0) return lines;
  if (what === 1) return movedDown(lines, index, random.int(1, 9)) as readonly HistoryLine[];
  return changedAt(lines, { name, index, random: random.int(0, 9) }) as readonly HistoryLine[];
});

const nearlyPlainLines = once((seed) => {
  const lines = plainHistory(`approved/nearly/${seed}`, 4 + (Number(seed) % 30));
  const random = seededRandom(seed);
  const change = (of: readonly HistoryLine[]): readonly HistoryLine[] =>
    changedAt(of, {
      name: names[random.int(0, names.length - 1)] ?? '',
      index: random.int(2, of.length - 1),
      random: random.int(0, 9),
    }) as readonly HistoryLine[];
  return random.int(0, 2) === 0 ? change(change(lines)) : change(lines);
});

export const groups: Readonly<Record<string, () => Group>> = {
  // First what fails soonest: mutation testing stops at the first that does.
  wild: () => marks(100, wild),
  'nearly-plain': () => marks(60, nearlyPlain),
  troubled: () => marks(80, troubled),
  contract,
  varied,
  golden,
  engines,
  mutations,
  clean,
  plain,
  'plain-changed': changed(
    once((seed) => plainHistory(seed, 40)),
    inPassing,
  ),
  'clean-changed': changed(
    once((seed) => cleanHistory(seed, 14)),
    inShort,
  ),
};
