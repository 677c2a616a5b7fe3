import { expect, test } from 'vitest';
import { consumerFlags } from './consumer-flags.ts';

const timeout = { timeoutMs: 1000 };

test('--aggregates kcl is said of the consumer; anything else is refused, and without a consumer too', () => {
  const { subjects } = consumerFlags({ consumer: 'app', aggregates: 'kcl' }, timeout);
  expect(subjects).toEqual([expect.objectContaining({ name: 'consumer', aggregates: 'kcl' })]);
  expect(() => consumerFlags({ consumer: 'app', aggregates: 'kpl' }, timeout)).toThrow(/aggregates/);
  expect(() => consumerFlags({ aggregates: 'kcl' }, timeout)).toThrow(
    '--aggregates is about a consumer: name it with --consumer',
  );
});
