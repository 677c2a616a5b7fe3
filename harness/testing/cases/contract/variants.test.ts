import { describe, expect, it } from 'vitest';
import { checkHistory, type HistoryLine } from '../../../judging/check-history.ts';
import { disagreements } from '../../oracles/agree.ts';
import { bytesOf, followBytes } from '../../oracles/follow-bytes.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';
import { contractHistories } from './histories.ts';
import { variants } from './variants.ts';

/**
 * A slow judge that asks neither the scenario nor the target, and takes one reader's wrong start for the reason of
 * another's gap.
 */
const isComparable = ([head]: readonly HistoryLine[], name: string): boolean =>
  head?.type === 'head' &&
  !head.scenario?.['expect'] &&
  !head.target &&
  head.stream?.distribution !== 'AUTO' &&
  !/acknowledged, but nobody ever read it|^shards: /.test(name);

/** Told in ways of which the contract does not speak. */
const strange: ReadonlySet<string> = new Set([
  'by one producer without a name',
  'under keys that came back changed',
  'in part without numbers',
  'in part without keys',
  'all at once',
]);

const every = 8;
const cases = [...contractHistories()];

/** A sample of them each time: `npm run approve` looks at all. */
describe.each(Object.entries(variants))('a history in an equivalent form, %s', (way, vary) => {
  it('gets the same verdict from every judge', { timeout: 60_000 }, async () => {
    for (const [name, make] of cases.filter((__, index) => index % every === 0)) {
      const { lines, options } = make();
      const made = vary(lines);
      const verdict = { ...(await checkHistory(made, options)), path: 'bytes' };
      if (isComparable(made, name) && !strange.has(way)) expect(await disagreements(made), name).toEqual([]);
      if (Object.keys(options).length > 0) continue;
      const bytes = bytesOf(made);
      expect(judgeBytes(bytes, true), name).toEqual(verdict);
      const plain = followBytes(bytes, true);
      if (typeof plain !== 'string') expect(plain, name).toEqual(verdict);
    }
  });
});

describe('unrelated lines in a history', () => {
  it('do not change its findings', async () => {
    const { 'behind others': beside } = variants;
    for (const [name, make] of cases) {
      const { lines, options } = make();
      const [alone, among] = [await checkHistory(lines, options), await checkHistory(beside?.(lines) ?? [], options)];
      // There it is no dump of a consumer any more: rule 14.
      if (name.includes('without puts, subject')) continue;
      // There something was put before their readers began.
      if (/final began at LATEST before first put|a second before the first put/.test(name)) continue;
      const said = ({ findings }: typeof alone): readonly unknown[] =>
        findings.map(({ anomaly, kind, expect: how, explainedBy }) => [anomaly, kind, how, explainedBy]);
      expect(said(among), name).toEqual(said(alone));
    }
  });
});
