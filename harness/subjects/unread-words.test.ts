import { expect, test } from 'vitest';
import { unreadWords } from './unread-words.ts';

const silent = { bad: 0, heard: 0, firstBad: '' } as never;
const nothing = { fetchedRecords: 0, hasFetched: false };

test('a consumer that called the engine is not told where the gateway is', () => {
  expect(unreadWords('app', silent, { ...nothing, isSeen: false })).toContain('AWS_ENDPOINT_URL_KINESIS');
  const called = unreadWords('app', silent, { ...nothing, isSeen: true });
  expect(called).toMatch(/^app called the engine, and wrote no subject lines/);
  expect(called).not.toContain('AWS_ENDPOINT_URL_KINESIS');
});
