import { expect, test } from 'vitest';
import { shortMessage } from './short-message.ts';

test('a long message ends after 300 characters, and never with half of one', () => {
  expect(shortMessage('too fast')).toBe('too fast');
  expect(shortMessage('x'.repeat(301))).toBe('x'.repeat(300));
  expect(shortMessage(`${'x'.repeat(299)}\u{1F600}`)).toBe('x'.repeat(299));
});
