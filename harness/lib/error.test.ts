import { expect, test } from 'vitest';
import { HarnessError, limitHint } from './error.ts';

test('a limit of the system says what to do, also where it hides behind words of ours', () => {
  const refused = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  expect(limitHint(refused)).toContain('ulimit -n');
  expect(limitHint(new HarnessError('target', 'cannot write x', { cause: refused }))).toContain('ulimit -n');
  expect(limitHint(new HarnessError('target', 'x'))).toBeUndefined();
});
