import { expect, test } from 'vitest';
import { countedIn } from './run-row.ts';

test('the last counts are read, also where another line was written into them', () => {
  const lines = ['{"counted": {"sent": 1, "left": 0}}', 'other', '{"counted":{"given":203,"left":7}}'];
  expect(countedIn(lines.join('\n'))).toEqual({ given: 203, left: 7 });
  expect(countedIn('{"counted":{"given":203,"left":0{"type":"deliver","records":[]}\n}}')).toEqual({
    given: 203,
    left: 0,
  });
  expect(countedIn(`${lines[0]}\nother`)).toEqual({ sent: 1, left: 0 });
  expect(countedIn('nothing')).toEqual({});
});
