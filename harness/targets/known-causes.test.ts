import { expect, test } from 'vitest';
import type { Finding } from '../model/verdict.ts';
import { causesOf } from './known-causes.ts';

const finding = (anomaly: string, sentence: string, expected = 'forbid'): Finding =>
  ({ anomaly, sentence, expect: expected }) as Finding;
const closed = finding('write-to-closed', 'a record was stored in a closed shard');
const refused = finding('counter-gap', 'failed with InvalidArgumentException, perhaps the SequenceNumberForOrdering');
const twice = finding('open-parent', 'shard 0 was resharded more than once.');
const open = finding('open-parent', 'shard 0 is still open.');

test('a known cause is shown once for findings of its kind', () => {
  expect(causesOf('moto', '5.2.5', [closed, closed])).toEqual([
    expect.stringMatching(/^write-to-closed: moto 5.2.5 keeps storing records in a shard that it lists as closed/),
  ]);
  expect(causesOf('kinesalite', '3.3.3', [refused])).toEqual([expect.stringMatching(/^counter-gap: kinesalite/)]);
  expect(causesOf('kinesalite', '3.3.3', [twice, open])).toEqual([
    expect.stringMatching(/^open-parent: kinesalite 3.3.3 carries out a SplitShard of a closed shard/),
  ]);
});

test('a known cause is not shown for another engine, version or reason, or for allowed findings', () => {
  expect(causesOf('kinesalite', '3.3.3', [closed, finding('counter-gap', 'failed with InternalFailure')])).toEqual([]);
  expect(causesOf('kinesalite', '3.3.3', [open])).toEqual([]);
  expect(causesOf('moto', '5.3.0', [closed])).toEqual([]);
  expect(causesOf('moto', 'unknown', [closed])).toEqual([]);
  expect(causesOf('moto', '5.2.5', [finding('write-to-closed', 'x', 'allow')])).toEqual([]);
});
