import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseResult } from '../conformance/result.ts';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** The verb as a user calls it, in a process of its own. */
const conformance = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const command = ['--import', 'tsx', main, 'conformance', ...args];
    execFile(process.execPath, command, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

describe('kinesis-order conformance', () => {
  test('asks an engine, tells how far it is, prints the result, and compares it with an older one', async () => {
    const asked = ['--target', 'kinesalite', '--only', 'dry-run-stores-nothing', 'latest', '--json'];
    const first = await conformance(...asked);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/kinesis-order: 2 claims asked of kinesalite 3\.3\.3/);
    expect(first.stderr).toContain('of 2 claims');
    const result = parseResult(first.stdout, 'stdout');
    expect(result).toMatchObject({ engine: 'kinesalite', engineVersion: '3.3.3' });
    expect(result.answers.map(({ claim, kind }) => [claim, kind])).toEqual([
      ['dry-run-stores-nothing', 'deviates'],
      ['latest', 'conforms'],
    ]);

    const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-'));
    const old = join(folder, 'old.json');
    const answers = result.answers.map((answer) => ({ ...answer, kind: 'conforms' }));
    await writeFile(old, JSON.stringify({ ...result, engineVersion: '1.0.0', answers }));
    const second = await conformance(...asked, '--compare', old);
    const others = answers.map((answer) => ({ ...answer, claim: `other-${answer.claim}` }));
    const other = join(folder, 'other.json');
    await writeFile(other, JSON.stringify({ ...result, answers: others }));
    const apart = await conformance('--compare', old, other);
    expect([apart.code, apart.stderr]).toEqual([4, expect.stringContaining('nothing was compared')]);
    await rm(folder, { recursive: true });
    expect(second.stderr).toContain('✗ dry-run-stores-nothing: conforms → deviates');
    expect(second.code).toBe(1);
  });

  test('refuses what it does not know, before an engine is started', async () => {
    const unknown = await conformance('--only', 'no-such-claim');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('no-such-claim')]);
    const target = await conformance('--target', 'nonsense');
    expect([target.code, target.stderr]).toEqual([2, expect.stringContaining('possible: kinesis-local')]);
    const missing = await conformance('--compare', 'missing.json');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('missing.json')]);
  });
});
