import type { JudgeOptions } from '../checks/judge/options.ts';
import { judgeLines } from '../judging/judge-lines.ts';
import { seededRandom } from '../lib/random.ts';
import type { HistoryLine } from '../model/event.ts';
import type { Chronicle } from './chronicle.ts';
import { cut } from './cut.ts';
import type { Edit } from './edit.ts';
import type { Mutator, Spot } from './mutator.ts';

export type TrialResult = 'detected' | 'allowed' | 'missed';

/** Returns the lines that the judge gets for a mistake. */
export const linesFor = ({ isWide }: Mutator, edit: Edit): readonly HistoryLine[] =>
  isWide === true ? edit.lines() : cut(edit);

/** Returns what the judge finds for a mistake, by the claims about it. */
export const trialResultOf = ({ fits }: Mutator, lines: readonly HistoryLine[], options: JudgeOptions): TrialResult => {
  const said = [...judgeLines(lines, fits, options).values()];
  return said.includes('violated') ? 'detected' : said.includes('allowed') ? 'allowed' : 'missed';
};

/** Returns the mistake at a place, undefined if it is not possible there. Its form depends on the seed alone. */
export const mistakeAt = (mutator: Mutator, chronicle: Chronicle, spot: Spot, seed: string): Edit | undefined =>
  mutator.mutate(chronicle, spot, seededRandom(`${seed}/${mutator.kind}/${spot.item.flow}/${spot.item.n ?? ''}`));
