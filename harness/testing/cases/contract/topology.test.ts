import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkHistory } from '../../../judging/check-history.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { disagreements } from '../../oracles/agree.ts';
import { bytesOf } from '../../oracles/follow-bytes.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';
import type { TopologyCase } from './topology-cases.ts';
import { edges } from './topology-edges.ts';
import { explained, guards } from './topology-guards.ts';
import { lineages } from './topology-lineage.ts';
import { reversedRanges } from './topology-reversed.ts';
import { routing } from './topology-routing.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'topology-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const saidBy = ({ findings }: Pick<HistoryVerdict, 'findings'>): readonly string[] =>
  findings
    .map(({ anomaly, kind, expect: how, explainedBy }) =>
      [anomaly, kind === null ? '' : `/${kind}`, ` ${how}`, explainedBy === null ? '' : ` <${explainedBy}`].join(''),
    )
    .sort();
const claimsThat = ({ claims }: HistoryVerdict, what: string): readonly string[] =>
  claims.filter(({ verdict }) => verdict === what).map(({ anomaly }) => anomaly);

/** The slow judge asks neither the scenario nor the target. */
const isOfDefaults = ({ lines }: ReturnType<TopologyCase['made']>): boolean => {
  const [head] = lines;
  if (head?.type !== 'head') return false;
  return !head.scenario?.['expect'] && !head.target && head.stream?.distribution !== 'AUTO';
};

const judge = (cases: readonly TopologyCase[]): void => {
  it.each(cases.map((one) => [one.says, one] as const))('%s', async (_, one) => {
    const made = one.made().end();
    const verdict = await checkHistory(made.lines, one.options);
    expect(saidBy(verdict)).toEqual([...one.found].sort());
    const { unknown = [], notApplicable = [], applicable = [], violated } = one;
    if (unknown === 'all') expect(claimsThat(verdict, 'holds')).toEqual([]);
    else expect(claimsThat(verdict, 'unknown')).toEqual(unknown);
    expect(claimsThat(verdict, 'not-applicable')).toEqual(expect.arrayContaining([...notApplicable]));
    for (const id of applicable) expect(claimsThat(verdict, 'not-applicable')).not.toContain(id);
    if (violated !== undefined) expect(claimsThat(verdict, 'violated')).toEqual(violated);
    for (const fields of one.with ?? []) expect(verdict.findings).toContainEqual(expect.objectContaining(fields));

    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytesOf(made.lines));
    expect(saidBy(await checkHistory(path, one.options))).toEqual(saidBy(verdict));
    if (one.options === undefined) {
      expect(judgeBytes(bytesOf(made.lines), true)).toEqual({ ...verdict, path: 'bytes' });
      expect(judgeBytes(bytesOf(made.lines), false)).toEqual({ ...verdict, path: 'bytes' });
    }
    if (isOfDefaults(made) && one.isOfFastOnly !== true) expect(await disagreements(made.lines)).toEqual([]);
  });
};

describe('E: a record is in the shard of its key', () => judge(routing));
describe('F: topologies', () => judge(lineages));
describe('F: reversed hash ranges', () => judge(reversedRanges));
describe('guards, deviations, reshards', () => judge(guards));
describe('one cause, one finding', () => judge(explained));
describe('edges', () => judge(edges));
