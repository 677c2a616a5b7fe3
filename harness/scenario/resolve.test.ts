import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { delay, failRecord } from '../faults/builders.ts';
import { getRecords, mergeShards, putRecord, putRecords, splitShard, updateShardCount } from '../index.ts';
import { vocabulary } from '../session/catalog.ts';
import { defineScenario, type ScenarioInput } from '../session/define-scenario.ts';
import { loadScenarios } from './load.ts';
import { resolveScenario } from './resolve.ts';

const plain: ScenarioInput = { name: 'plain', why: 'a test', producers: [putRecord()] };
const resolve = (input: unknown): ReturnType<typeof resolveScenario> =>
  resolveScenario(input, { file: 'x.scenario.ts', vocabulary, seed: '1' });

describe('resolving a scenario', () => {
  it('fills in every default, and comes out as plain JSON', () => {
    const resolved = resolve(defineScenario(plain));
    expect(resolved).toMatchObject({
      stream: { shards: 1, mode: 'PROVISIONED' },
      producers: [{ type: 'putRecord', name: 'p1', inFlight: 1, sequenceNumberForOrdering: false }],
    });
    expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
  });

  it('takes larger records where the stream does', () => {
    const payload = { type: 'bytes', size: 2_000_000 } as const;
    const { stream } = resolve({ ...plain, stream: { maxRecordSizeKiB: 2048 }, workload: { payload } });
    expect(stream).toEqual({ shards: 1, mode: 'PROVISIONED', maxRecordSizeKiB: 2048 });
  });

  const refused: readonly (readonly [string, unknown, readonly string[]])[] = [
    [
      'an unknown field',
      { ...plain, prodcers: [] },
      ['unknown field "prodcers" (did you mean "producers"?)', 'possible: name, why'],
    ],
    [
      'an unknown field inside',
      { ...plain, stream: { shard: 2 } },
      ['stream: unknown field "shard" (did you mean "shards"?); possible: shards, mode'],
    ],
    ['a wrong type', { ...plain, stream: { shards: 'two' } }, ['stream.shards: expected number, got "two"']],
    ['a number out of range', { ...plain, stream: { shards: 0 } }, ['stream.shards: expected 1 or more, got 0']],
    [
      'a producer that does not exist',
      { ...plain, producers: [{ type: 'kpl' }] },
      ['producers[0].type: there is no producer "kpl"', 'putRecord, putRecords'],
    ],
    [
      'an option that a producer does not have',
      { ...plain, producers: [{ type: 'putRecords', after: '1' }] },
      ['producers[0]: unknown field "after"; possible: ', 'batch'],
    ],
    [
      'limits of nobody',
      { ...plain, limits: 'azure' },
      ['limits: ', '"azure"', 'aws, aws-2022, kinesis-local, kinesalite, localstack, moto, ministack'],
    ],
    ['limits that are a number', { ...plain, limits: -1 }, ['limits: ', '-1']],
    [
      'a call of more records than the profile takes',
      { ...plain, limits: 'aws', producers: [putRecords({ batch: 501 })] },
      ['producers[0].batch: 501 records a call, the limit is 500 (records of the profile aws)'],
    ],
    [
      'a buffered time of zero',
      { ...plain, producers: [putRecords({ rate: 10, maxBufferedMs: 0 })] },
      ['producers[0].maxBufferedMs: expected more than 0, got 0'],
    ],
    [
      'a rate below zero',
      { ...plain, producers: [putRecord({ rate: -1 })] },
      ['producers[0].rate: expected records a second', 'got -1'],
    ],
    [
      'a rate of nothing',
      { ...plain, producers: [putRecords({ rate: {} })] },
      ['producers[0].rate: ', '{ records, bytes } a second of each shard'],
    ],
    [
      'a hash key out of range',
      { ...plain, workload: { explicitHashKey: String(1n << 128n) } },
      ['workload.explicitHashKey: ', '2^128-1'],
    ],
    [
      'SequenceNumberForOrdering with calls in flight',
      { ...plain, producers: [putRecord({ inFlight: 4, sequenceNumberForOrdering: true })] },
      ['producers[0].sequenceNumberForOrdering', 'needs inFlight 1'],
    ],
    [
      'an anomaly that does not exist',
      { ...plain, expect: { forbid: ['lost-writes'] } },
      [
        'expect.forbid[0]: expected one of a few, got "lost-writes" (did you mean "lost-write"?)',
        'possible:',
        'key-reorder',
      ],
    ],
    [
      'an anomaly in two lists',
      { ...plain, expect: { forbid: ['duplicate'], allow: ['duplicate'] } },
      ['expect.allow: duplicate is already in expect.forbid'],
    ],
    [
      'more merges than shards',
      { ...plain, reshard: [mergeShards({ afterAcked: 1 })] },
      ['reshard[0].shard', 'there will be 1'],
    ],
    [
      'a target count beyond twice the shards',
      { ...plain, reshard: [updateShardCount({ afterAcked: 1, target: 3 })] },
      ['reshard[0].target: 3 is more than twice'],
    ],
    [
      'a reshard that is never reached',
      { ...plain, reshard: [splitShard({ afterAcked: 100 })] },
      ['reshard[0].afterAcked: 100 is never reached'],
    ],
    [
      'a fault on entries of PutRecord',
      { ...plain, faults: [failRecord({ call: 1, entries: [0] })] },
      ['faults[0]: fail-record concerns entries of PutRecords'],
    ],
    [
      'a fault on an entry that no call has',
      { ...plain, producers: [putRecords({ batch: 5 })], faults: [failRecord({ call: 1, entries: [5] })] },
      ['faults[0].entries: a call of p1 has entries 0 to 4'],
    ],
    [
      'a fault on a producer that is not there',
      { ...plain, faults: [delay({ producer: 'p9', call: 1, lose: true })] },
      ['faults[0].producer: there is no producer "p9"'],
    ],
    [
      'a call held for later ones that never come',
      { ...plain, faults: [delay({ call: 1 })] },
      ['delay holds a call', 'inFlight 2 or more'],
    ],
    [
      'two producers of one name',
      { ...plain, producers: [putRecord({ name: 'a' }), putRecord({ name: 'a' })] },
      ['producers[1].name: "a" is taken'],
    ],
    [
      'a reader with the harness’s own name',
      { ...plain, consumers: [getRecords({ name: 'final' })] },
      ['"final" is the reader that the harness adds'],
    ],
    [
      'a retention that AWS does not have',
      { ...plain, stream: { retentionHours: 12 } },
      ['stream.retentionHours: expected 24 or more, got 12'],
    ],
    [
      'a tag that is not ours to set',
      { ...plain, stream: { tags: { 'kinesis-order': 'x' } } },
      ['stream.tags.kinesis-order: ', 'a key of AWS or of kinesis-order itself'],
    ],
    [
      'a distribution strategy on a stream that has none',
      { ...plain, stream: { recordDistributionStrategy: 'AUTO' } },
      ['stream.recordDistributionStrategy: only a stream of mode ON_DEMAND has one'],
    ],
    [
      'records that the stream never takes',
      { ...plain, workload: { payload: { type: 'bytes', size: 1_048_576 } } },
      ['workload.payload.size: 1048576 bytes and a key are more than a record may have, 1048576', 'maxRecordSizeKiB'],
    ],
    ['something that is no object', 42, ['the scenario: expected object, got 42']],
  ];
  it.each(refused)('refuses %s, and says file, field, what was given and what is possible', (_, input, words) => {
    expect(() => resolve(input)).toThrow('x.scenario.ts');
    for (const word of words) expect(() => resolve(input)).toThrow(word);
  });

  it('says all that is wrong at once', () => {
    expect(() => resolve({ ...plain, stream: { shards: 0 }, why: 1 })).toThrow(
      /2 problems[\s\S]*why: expected string[\s\S]*stream.shards/,
    );
  });
});

describe('loading scenario files', () => {
  let cwd = '';
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-load-'));
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));
  const load = (patterns: readonly string[], grep?: RegExp): ReturnType<typeof loadScenarios> =>
    loadScenarios({ patterns, cwd, vocabulary, seed: '1', ...(grep === undefined ? {} : { grep }) });

  it('reads TypeScript, JavaScript and JSON, and one file may hold several', async () => {
    await writeFile(
      join(cwd, 'a.scenario.ts'),
      `const why: string = 'ts'; export default { name: 'ts', why, producers: [{ type: 'putRecord' }] };`,
    );
    await writeFile(
      join(cwd, 'b.scenario.mjs'),
      `export default ['js-1', 'js-2'].map((name) => ({ name, why: 'js', producers: [{ type: 'putRecord' }] }));`,
    );
    await writeFile(
      join(cwd, 'c.scenario.json'),
      JSON.stringify({ name: 'json', why: 'json', producers: [{ type: 'putRecords' }] }),
    );
    const loaded = await load(['a.scenario.ts', 'b.scenario.mjs', 'c.scenario.json']);
    expect(loaded.map(({ scenario }) => scenario.name)).toEqual(['ts', 'js-1', 'js-2', 'json']);
    expect((await load(['*.scenario.*'], /^js-/)).map(({ scenario }) => scenario.name)).toEqual(['js-1', 'js-2']);
  });

  it.each([
    ['a file that is not there', 'nowhere.scenario.ts', undefined, 'there is no such file'],
    ['a pattern that matches nothing', 'nothing', undefined, 'no scenario matches nothing'],
    ['a syntax error', 'broken.scenario.ts', 'export default {', 'broken.scenario.ts'],
    ['JSON that is none', 'broken.scenario.json', '{"name":', 'broken.scenario.json'],
    ['no default export', 'empty.scenario.mjs', 'export const name = 1;', 'it has no default export'],
    [
      'one name twice',
      'twice.scenario.mjs',
      `export default [1, 2].map(() => ({ name: 'twin', why: 'x', producers: [{ type: 'putRecord' }] }));`,
      'there is a scenario "twin" in',
    ],
  ])('refuses %s', async (_, name, content, words) => {
    if (content !== undefined) await writeFile(join(cwd, name), content);
    await expect(load([name])).rejects.toMatchObject({ code: 'usage' });
    await expect(load([name])).rejects.toThrow(words);
  });

  describe('patterns', () => {
    let here = '';
    beforeAll(async () => {
      here = await mkdtemp(join(tmpdir(), 'kinesis-order-patterns-'));
      const scenario = (name: string): string =>
        JSON.stringify({ name, why: 'x', tags: [`@${name[0]}`], producers: [{ type: 'putRecord' }] });
      for (const folder of ['scenarios/red', 'scenarios/wrong', 'empty', 'own', '[odd]'])
        await mkdir(join(here, folder), { recursive: true });
      for (const name of ['orders', 'refunds', 'returns'])
        await writeFile(join(here, 'scenarios', `${name}.scenario.json`), scenario(name));
      await writeFile(join(here, 'scenarios/red/broken.scenario.json'), scenario('broken'));
      await writeFile(join(here, 'own/mine.scenario.json'), scenario('mine'));
      await writeFile(join(here, 'scenarios/wrong/wrong.scenario.json'), '{');
      await writeFile(join(here, '[odd]/odd.scenario.json'), scenario('odd'));
      await writeFile(join(here, 'own/none.scenario.json'), '[]');
    });
    afterAll(() => rm(here, { recursive: true, force: true }));
    type Said = { readonly grep?: RegExp; readonly defaults?: readonly string[] };
    const names = async (patterns: readonly string[], said: Said = {}): Promise<readonly string[]> =>
      (await loadScenarios({ patterns, cwd: here, vocabulary, seed: '1', ...said })).map(
        ({ scenario }) => scenario.name,
      );

    it.each<[readonly string[], Said, readonly string[]]>([
      [[], {}, ['orders', 'refunds', 'returns']],
      [['scenarios/red', 'orders'], {}, ['orders', 'broken']],
      [['orders', 'refunds'], {}, ['orders', 'refunds']],
      [['own/mine.scenario.json', 're'], {}, ['mine', 'refunds', 'returns']],
      [['orders', 'scenarios/*.json'], {}, ['orders', 'refunds', 'returns']],
      [['orders', 'orders', 'scenarios/orders.scenario.json'], {}, ['orders']],
      [['scenarios/red', 'orders', 'refunds'], { grep: /r/ }, ['orders', 'broken', 'refunds']],
      [['scenarios/red', 'orders'], { grep: /^o/ }, ['orders']],
      [[], { grep: /@r/g }, ['refunds', 'returns']],
      [['[odd]'], {}, ['odd']],
      [[], { defaults: ['own/m*.json', 'returns'] }, ['mine', 'returns']],
      [['mine'], { defaults: ['own/m*.json'] }, ['mine']],
    ])('%j %j selects %j: they add up, and only grep filters', async (patterns, said, selected) => {
      expect([...(await names(patterns, said))].sort()).toEqual([...selected].sort());
    });

    it.each<[readonly string[], Said, string]>([
      [['refunds', 'nonsens'], {}, 'no scenario matches nonsens'],
      [['scenarios/red', 'nonsens'], {}, 'no scenario matches nonsens'],
      [['orders', 'nowhere/*.json'], {}, 'nowhere/*.json: there is no such file'],
      [['orders', 'empty'], {}, 'no scenario matches empty'],
      [['orders', './empty'], {}, './empty: there is no scenario in this folder'],
      [['orders', 'own/none.scenario.json'], {}, 'own/none.scenario.json: there is no scenario in it'],
      [['orders', ''], {}, 'a pattern is empty'],
      [['orders'], { grep: /^refunds$/ }, 'no scenario matches --grep ^refunds$'],
      [[], { defaults: ['gone'] }, 'no scenario matches gone'],
      [['orders'], { defaults: ['own/m*.json'] }, 'no scenario matches orders among those of the configuration'],
      [['broken'], {}, 'no scenario matches broken among scenarios/*.scenario.{ts,mts,js,mjs,json}'],
      [['wrong'], {}, 'no scenario matches wrong'],
    ])('%j %j is refused: %s', async (patterns, said, words) => {
      await expect(names(patterns, said)).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining(words),
      });
    });

    it('names the file of a scenario that the configuration leaves out', async () => {
      await expect(names(['broken'])).rejects.toMatchObject({
        hint: `name the file: ${join('scenarios', 'red', 'broken.scenario.json')}`,
      });
    });
  });
});
