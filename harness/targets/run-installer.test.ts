import { expect, test } from 'vitest';
import { HarnessError } from '../lib/error.ts';
import { runInstaller } from './run-installer.ts';

const failing = (words: string): Promise<void> =>
  runInstaller(
    'kinesalite 3.3.3',
    process.execPath,
    ['-e', `console.error(${JSON.stringify(words)}); process.exit(1)`],
    {
      deadlineMs: 10_000,
    },
  );
const errorOf = async (words: string): Promise<HarnessError> => {
  const thrown: unknown = await failing(words).catch((error: unknown) => error);
  if (thrown instanceof HarnessError) return thrown;
  throw new Error(`expected a HarnessError: ${String(thrown)}`);
};

test.each([
  'npm error code ENOTFOUND\nnpm error network request to https://r/kinesalite failed',
  'npm error code ECONNREFUSED',
  "WARNING: Retrying after connection broken by 'NewConnectionError: Failed to establish a new connection'",
  'Temporary failure in name resolution',
])('an unreachable registry is reported in one line: %j', async (words) => {
  const { code, message, hint } = await errorOf(words);
  expect({ code, message }).toEqual({
    code: 'target',
    message: expect.stringMatching(
      /^kinesalite 3\.3\.3 cannot be installed: its registry cannot be reached \(/,
    ) as string,
  });
  expect(hint).toContain('--target kinesis-local');
});

test('any other failure keeps the output of the installer', async () => {
  const { message, hint } = await errorOf('npm error code E404\nnpm error 404 Not Found');
  expect(message).toContain('E404');
  expect(hint).toBeUndefined();
});
