import { describe, expect, test } from 'vitest';
import { deviationsOf, type KnownDeviation, knownDeviations } from './deviations.ts';

const ids = (engine: string, version: string, known?: readonly KnownDeviation[]): readonly string[] =>
  deviationsOf(engine, version, known).map(({ id }) => id);
const sentences = (engine: string, version: string): string =>
  deviationsOf(engine, version)
    .map(({ sentence }) => sentence)
    .join('\n');
const idsOfMoto = ['moto-starting-number-moves', 'moto-child-starts-at-zero', 'moto-merged-child-starts-at-one'];

describe('what may be excused, where the evidence fits', () => {
  test('the version that it was seen on has it, in plain words', () => {
    expect(ids('moto', '5.2.5')).toEqual(idsOfMoto);
    expect(sentences('moto', '5.2.5')).not.toContain('seen on');
  });

  test('a moto that does not tell its version has those of the known one, and that is said', () => {
    expect(ids('moto', 'unknown')).toEqual(idsOfMoto);
    expect(sentences('moto', 'unknown')).toContain('(seen on moto 5.2.5; this one does not tell its version)');
  });

  test('a version that nobody has looked at is said with its number', () => {
    expect(ids('moto', '5.3.0')).toEqual(idsOfMoto);
    expect(sentences('moto', '5.3.0')).toContain('(seen on moto 5.2.5; this one is 5.3.0)');
  });

  test('a version that is known to be fixed is not excused', () => {
    const fixed = knownDeviations.map((one) => ({ ...one, fixed: '>=5.4.0' }));
    expect(ids('moto', '5.4.1', fixed)).toEqual([]);
    expect(ids('moto', '5.3.9', fixed)).toEqual(idsOfMoto);
    expect(ids('moto', 'unknown', fixed)).toEqual(idsOfMoto);
  });

  test('an engine without a name may be one that tells none, and never one that does', () => {
    expect(ids('endpoint', 'unknown')).toEqual(['kinesis-local-closed-range']);
    expect(sentences('endpoint', 'unknown')).toContain('this engine has no name and does not tell its version');
    expect(ids('endpoint', '0.6.2')).toEqual(['kinesis-local-closed-range']);
  });

  test('nothing is known of AWS, kinesalite and MiniStack', () => {
    for (const engine of ['aws', 'kinesalite', 'ministack']) expect(ids(engine, 'unknown')).toEqual([]);
  });
});
