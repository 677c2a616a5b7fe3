import { expect, test } from 'vitest';
import type { FaultFacts } from './fault-facts.ts';
import { dropResponse } from './put/drop-response.ts';
import { dropRead } from './read/drop-read.ts';

const facts: FaultFacts = {
  producers: [{ name: 'writer', type: 'command' }],
  consumers: [{ name: 'app', type: 'command' }],
  reshard: [],
};

test('a producer has no instances: a fault that names one could never fire', () => {
  const ofPut = (producer: string) => dropResponse.conflicts?.({ producer, call: 1 } as never, facts);
  const ofRead = (reader: string) => dropRead.conflicts?.({ reader, read: 1 } as never, facts);
  expect(ofPut('writer')).toEqual([]);
  expect(ofPut('writer/1')).toEqual(['producer: there is no producer "writer/1"; possible: writer']);
  expect([ofRead('writer'), ofRead('app'), ofRead('app/2')]).toEqual([[], [], []]);
  expect(ofRead('writer/1')).toEqual([expect.stringContaining('there is no consumer "writer/1"; possible: app')]);
});
