import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scenarioTests } from './vitest.ts';

// What a user's test file holds: each scenario becomes a test of its own, and fails with the verdict as its text.
await scenarioTests({
  patterns: ['scenarios/put-records.scenario.ts', 'scenarios/explicit-hash-key.scenario.ts'],
  target: 'kinesalite',
  seed: '1',
  out: '.cache/vitest-runs',
});

/** A door of its own, run by a Vitest of its own: what a CI job sees. */
test('a door where all scenarios are skipped is red, and one that passes over a broken order says so', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-door-'));
  try {
    const scenario = { why: 'a test', workload: { keys: 1, recordsPerKey: 6 } };
    const unable = { ...scenario, name: 'unable', producers: [{ type: 'putRecord' }], needs: ['updateShardCount'] };
    const overtaking = {
      ...scenario,
      name: 'overtaking',
      producers: [{ type: 'putRecords', batch: 3, retry: 'failed-entries' }],
      faults: [{ type: 'fail-record', call: 1, entries: [0] }],
    };
    await writeFile(join(cwd, 'unable.scenario.json'), JSON.stringify(unable));
    await writeFile(join(cwd, 'overtaking.scenario.json'), JSON.stringify(overtaking));
    const door = JSON.stringify(fileURLToPath(new URL('./vitest.ts', import.meta.url)));
    const test = (pattern: string): string =>
      `import { scenarioTests } from ${door}; await scenarioTests({ patterns: ['${pattern}'], target: 'kinesalite', seed: '1' });`;
    await writeFile(join(cwd, 'unable.test.mjs'), test('unable.scenario.json'));
    await writeFile(join(cwd, 'overtaking.test.mjs'), test('overtaking.scenario.json'));
    const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
    const { code, words } = await new Promise<{ code: unknown; words: string }>((resolve) => {
      const env = { ...process.env, NO_COLOR: '1', VITEST: undefined, AWS_ENDPOINT_URL: undefined };
      execFile(process.execPath, [vitest, 'run', '--root', cwd], { cwd, env }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, words: `${stdout}${stderr}` }),
      );
    });
    expect(words).toContain('nothing was judged: 1 scenario skipped: kinesalite 3.3.3 has no updateShardCount');
    expect(words).toMatch(/overtaking: order NOT kept: \d+ inversions? in 1 key; promises hold/);
    expect(words).toMatch(/Test Files {2}1 failed \| 1 passed/);
    expect(code).toBe(1);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
});
