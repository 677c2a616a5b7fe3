import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

test('an error of Python comes first, and carets are left out', () => {
  const lines = [
    'Traceback (most recent call last):',
    '    return func(*args, **kwargs)',
    '           ^^^^^^^^~~~~',
    'botocore.errorfactory.ResourceNotFoundException: Stream orders not found',
    '',
  ];
  expect(lastWords(lines)).toBe(
    '; its error: botocore.errorfactory.ResourceNotFoundException: Stream orders not found (beside it: Traceback (most recent call last): | return func(*args, **kwargs))',
  );
});

test('an error of Node stands above its stack', () => {
  const lines = ['x.mjs:7', 'TypeError: no seq', '    at put (x.mjs:7:1)', '', 'Node.js v22.0.0'];
  expect(lastWords(lines)).toBe(
    '; its error: TypeError: no seq (beside it: x.mjs:7 | at put (x.mjs:7:1) | Node.js v22.0.0)',
  );
});

test('one line, or none', () => {
  expect([lastWords(['out of luck']), lastWords([]), lastWords(['  ', '^^^'])]).toEqual([
    '; its last line: out of luck',
    '',
    '',
  ]);
});
