import { expect, test } from 'vitest';
import { whileWanted } from './while-wanted.ts';

test('whoever waits is called, unless the waiting has ended before', async () => {
  let resolve = (_: string): void => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  const said: string[] = [];
  whileWanted(promise, (text) => said.push(`kept: ${text}`));
  const end = whileWanted(promise, (text) => said.push(`ended: ${text}`));
  end();
  resolve('over');
  await promise;
  expect(said).toEqual(['kept: over']);
});

test('without a promise nothing comes', () => {
  expect(whileWanted(undefined, () => expect.unreachable())()).toBeUndefined();
});
