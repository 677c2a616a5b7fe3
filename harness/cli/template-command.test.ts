import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { templateCommand } from './template-command.ts';

let folder: string;
let written = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-template-command-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  written = '';
  vi.restoreAllMocks();
});

const print = async (stream: unknown): Promise<number> => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  const path = join(folder, 'printed.scenario.json');
  await writeFile(path, JSON.stringify({ name: 'printed', why: 'x', stream, producers: [{ type: 'putRecord' }] }));
  return templateCommand(path);
};

test('prints what a run deploys, with all that the scenario asks of its stream', async () => {
  expect(await print({ shards: 3, retentionHours: 48, tags: { team: 'rides' }, maxRecordSizeKiB: 2048 })).toBe(0);
  expect(JSON.parse(written)).toMatchObject({
    Resources: {
      Stream: {
        Properties: { ShardCount: 3, RetentionPeriodHours: 48, MaxRecordSizeInKiB: 2048, Tags: [{ Key: 'team' }, {}] },
      },
    },
  });
});

test("prints a team's own template as it is", async () => {
  const body = 'Resources:\n  S: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: !Ref AWS::NoValue}}\n';
  await writeFile(join(folder, 'own.yaml'), body);
  expect(await print({ template: { file: 'own.yaml', stream: 'S' } })).toBe(0);
  expect(written).toBe(body);
});

test('has nothing to print for a stream that is there already', async () => {
  await expect(print({ existing: 'orders' })).rejects.toMatchObject({
    code: 'usage',
    message: 'template: printed uses the stream orders, which is there already: nothing is deployed',
  });
});
