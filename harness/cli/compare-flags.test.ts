import { describe, expect, test } from 'vitest';
import { type CompareFlags, compareOutputs, compareRequest } from './compare-flags.ts';

const said = (flags: CompareFlags, files: readonly string[] = [], command: readonly string[] = []) =>
  compareRequest(files, command, flags);

describe('flags of compare', () => {
  test('nothing said means nothing', () => {
    expect(said({})).toEqual({ faults: [] });
  });

  test('are read', () => {
    const flags = { rate: '0.5', seconds: '10', rounds: '3', poll: '50', seed: 'x', arrivals: 'poisson', sweep: 'all' };
    expect(said(flags, ['a.scenario.ts'], ['node', 'p.mjs'])).toEqual({
      file: 'a.scenario.ts',
      command: ['node', 'p.mjs'],
      rate: 0.5,
      seconds: 10,
      rounds: 3,
      pollMs: 50,
      seed: 'x',
      arrivals: 'poisson',
      sweep: 'all',
      faults: [],
    });
  });

  test('an arm is one that is built in, or a producer with its options', () => {
    expect(said({ arm: ['put-record-snfo', 'putRecords:batch=500,inFlight=4'] }).arms).toMatchObject([
      { name: 'put-record-snfo', producer: { sequenceNumberForOrdering: true } },
      { name: 'putRecords-batch-500-inFlight-4', producer: { type: 'putRecords', batch: 500, inFlight: 4 } },
    ]);
  });

  test('the adversary has a round a seed', () => {
    expect(said({ adversary: '3', intensity: '0.2' })).toMatchObject({ rounds: 3, adversary: { intensity: 0.2 } });
  });

  test.each<[CompareFlags, RegExp]>([
    [{ rate: '0' }, /--rate 0: expected a number above 0, at most 100,000/],
    [{ rate: 'fast' }, /--rate fast/],
    [{ seconds: '9999' }, /--seconds 9999/],
    [{ rounds: '0' }, /--rounds 0/],
    [{ arrivals: 'bursty' }, /--arrivals bursty: expected constant or poisson/],
    [{ sweep: 'both' }, /--sweep both: expected none, rates, packing, all/],
    [{ arm: ['put-recrod'] }, /--arm put-recrod: there is no arm and no producer/],
    [{ arm: ['putRecords:batch=none'] }, /--arm putRecords:batch=none: batch/],
    [{ fault: ['drop-everything'] }, /there is no fault drop-everything/],
    [{ intensity: '0.1' }, /--intensity belongs to --adversary/],
    [{ adversary: '2', rounds: '2' }, /say one/],
  ])('%j is refused', (flags, words) => {
    expect(() => said(flags)).toThrow(words);
  });

  test('two files are refused, and so is a reporter that a comparison has not', () => {
    expect(() => said({}, ['a', 'b'])).toThrow(/one scenario file/);
    expect(() => compareOutputs({ reporter: ['junit'] })).toThrow(/no reporter "junit" of a comparison/);
    expect(compareOutputs({ format: ['json=x=y.json'] })).toEqual([{ format: 'json', file: 'x=y.json' }]);
    expect(compareOutputs({})).toEqual([{ format: 'terminal', file: undefined }]);
  });
});
