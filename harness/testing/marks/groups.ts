import type { HistoryLine } from '../../judging/check-history.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { seededRandom } from '../../lib/random.ts';
import { contractHistories } from '../cases/contract/histories.ts';
import { variants } from '../cases/contract/variants.ts';
import { ordinaryHistory } from '../generators/ordinary-history.ts';
import { changedAt, movedDown, otherChanges, smallChanges } from '../generators/small-changes.ts';
import { wildHistory } from '../generators/wild/wild-history.ts';
import { bytesOf } from '../oracles/follow-bytes.ts';
import { judgeBytes } from '../oracles/judge-bytes.ts';
import { type Group, inPassing, markOf, once } from '../pins/judgements.ts';

const names = Object.keys(smallChanges);
const allNames = [...names, ...Object.keys(otherChanges)] as [string, ...string[]];

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

/**
 * Of histories by the hundred, only a mark of all that is said: that a change changes it is what is asked here, and
 * the readable ones above tell what.
 */
const marks = (size: number, judge: (seed: string) => unknown): Group =>
  new Map(
    Array.from({ length: size }, (_, block) => [
      `${block * perBlock} to ${(block + 1) * perBlock - 1}`,
      () => Array.from({ length: perBlock }, (__, index) => markOf(judge(`${block * perBlock + index}`))),
    ]),
  );
const perBlock = 20;

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
  const lines = ordinaryHistory(`approved/troubled/${seed}`, 4 + (Number(seed) % 40), troubles);
  const [name, index] = [random.pick(allNames), random.int(1, lines.length - 2)];
  const what = random.int(0, 3);
  if (what === 0) return lines;
  if (what === 1) return movedDown(lines, index, random.int(1, 9)) as readonly HistoryLine[];
  return changedAt(lines, { name, index, random: random.int(0, 9) }) as readonly HistoryLine[];
});

const nearlyPlainLines = once((seed) => {
  const lines = ordinaryHistory(`approved/nearly/${seed}`, 4 + (Number(seed) % 30));
  const random = seededRandom(seed);
  const change = (of: readonly HistoryLine[]): readonly HistoryLine[] =>
    changedAt(of, {
      name: names[random.int(0, names.length - 1)] ?? '',
      index: random.int(2, of.length - 1),
      random: random.int(0, 9),
    }) as readonly HistoryLine[];
  return random.int(0, 2) === 0 ? change(change(lines)) : change(lines);
});

/** First what fails soonest: mutation testing stops at the first that does. */
export const markGroups: Readonly<Record<string, () => Group>> = {
  wild: () => marks(100, wild),
  'nearly-plain': () => marks(60, nearlyPlain),
  troubled: () => marks(80, troubled),
  contract,
  varied,
};
