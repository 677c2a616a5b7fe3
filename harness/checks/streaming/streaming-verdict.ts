import type { HistoryVerdict } from '../../model/verdict.ts';
import { readLineage } from '../index/lineage.ts';
import type { JudgeOptions } from '../judge/options.ts';
import { areApart } from './numbers.ts';
import { plainFactsOf } from './plain-facts.ts';
import type { StreamingRun } from './streaming-run.ts';
import { verdictWithPlain } from './verdict-with-plain.ts';

/**
 * The verdict on a history that was plain to its end, except for what was spilled and looked at again (`SecondLook`).
 * A text says why every line must be judged.
 */
export const streamingVerdict = (run: StreamingRun, path: string, options: JudgeOptions): HistoryVerdict | string => {
  const lineage = readLineage(run.tables);
  const facts = plainFactsOf(run, lineage);
  if (typeof facts === 'string') return facts;
  const { isAscending, isEncoded } = run.numbers;
  const numbers = isAscending || isEncoded || areApart(run.shards) ? 'apart' : 'unknown';
  return verdictWithPlain(run.tables, [facts], { path, numbers, options, lineage });
};
