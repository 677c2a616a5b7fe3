import { describe, expect, test } from 'vitest';
import { deviationsOf, type KnownDeviation, knownDeviations } from './deviations.ts';

const ids = (engine: string, version: string, known?: readonly KnownDeviation[]): readonly string[] =>
  deviationsOf(engine, version, known).map(({ id }) => id);
const sentences = (engine: string, version: string): string =>
  deviationsOf(engine, version)
    .map(({ sentence }) => sentence)
    .join('\n');
const idsOfMoto = ['moto-starting-number-moves', 'moto-child-starts-at-zero', 'moto-merged-child-starts-at-one'];

describe('the deviations that an engine may have', () => {
  test('the version it was seen on has it, without a remark', () => {
    expect(ids('moto', '5.2.5')).toEqual(idsOfMoto);
    expect(sentences('moto', '5.2.5')).not.toContain('seen on');
  });

  test('a moto that does not report its version has those of the known one, with a remark', () => {
    expect(ids('moto', 'unknown')).toEqual(idsOfMoto);
    expect(sentences('moto', 'unknown')).toContain('(seen on moto 5.2.5; this one does not report its version)');
  });

  test('an unknown version has them with a remark that names it', () => {
    expect(ids('moto', '5.3.0')).toEqual(idsOfMoto);
    expect(sentences('moto', '5.3.0')).toContain('(seen on moto 5.2.5; this one is 5.3.0)');
  });

  test('a fixed version has none', () => {
    const fixed = knownDeviations.map((one) => ({ ...one, fixed: '>=5.4.0' }));
    expect(ids('moto', '5.4.1', fixed)).toEqual([]);
    expect(ids('moto', '5.3.9', fixed)).toEqual(idsOfMoto);
    expect(ids('moto', 'unknown', fixed)).toEqual(idsOfMoto);
  });

  test('an engine without a name has those of engines that do not report their name', () => {
    expect(ids('endpoint', 'unknown')).toEqual(['kinesis-local-closed-range']);
    expect(sentences('endpoint', 'unknown')).toContain('this engine has no name and does not report its version');
    expect(ids('endpoint', '0.6.2')).toEqual(['kinesis-local-closed-range']);
  });

  test('AWS, kinesalite and MiniStack have none', () => {
    for (const engine of ['aws', 'kinesalite', 'ministack']) expect(ids(engine, 'unknown')).toEqual([]);
  });
});
