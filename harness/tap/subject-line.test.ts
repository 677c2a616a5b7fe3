import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { LinePump } from '../subjects/line-pump.ts';
import { readSubjectLine } from './subject-line.ts';

const line = (fields: object): string => JSON.stringify({ shard: 's', ...fields });

describe('a subject line', () => {
  test.each(['', 'hello', '{', '[1]', '12', '{"type":"deliver"}', '{"type":"log","shard":"s"}', '{"shard":"s"}'])(
    'that is the program own: %s',
    (text) => expect(readSubjectLine(text)).toBeUndefined(),
  );

  test.each([
    ['deliver: records: expected a list, got nothing', { type: 'deliver' }],
    ['deliver: records[1].seq: expected a decimal number as a string, got 7', deliver({ seq: '1' }, { seq: 7 })],
    ['deliver: records[0].sub: expected a whole number, got -1', deliver({ seq: '1', sub: -1 })],
    ['deliver: records[0].data: expected base64, got 4', deliver({ seq: '1', data: 4 })],
    ['deliver: shard: expected a string, got ""', { type: 'deliver', shard: '', records: [] }],
    ['done: seq and batch are missing: it needs one of them', { type: 'done' }],
    ['checkpoint: it needs seq, batch or at: SHARD_END', { type: 'checkpoint' }],
    ['start: at: expected a string, got 3', { type: 'start', at: 3 }],
  ])('with an error is refused: %s', (why, fields) => {
    expect(readSubjectLine(line(fields))).toBe(why);
  });

  test('that is cut short is an error, not other output', () => {
    expect(
      readSubjectLine(
        line(deliver({ seq: '1' }))
          .slice(0, -4)
          .replace('"shard":"s",', ''),
      ),
    ).toBe('it is not valid JSON');
  });

  test.prop([fc.anything()])('with any JSON never throws', (value) => {
    const text = JSON.stringify({ shard: 's', type: 'deliver', records: [value] });
    expect(() => readSubjectLine(text)).not.toThrow();
  });
});

function deliver(...records: readonly object[]): object {
  return { type: 'deliver', records };
}

describe('lines in chunks', () => {
  const pumped = (pieces: readonly Buffer[]): readonly string[] => {
    const lines: string[] = [];
    const pump = new LinePump({ onLine: (text) => lines.push(text), onTooLong: () => lines.push('too long') });
    for (const piece of pieces) pump.feed(piece);
    pump.end();
    return lines;
  };

  test.prop([fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat({ max: 40 }))])(
    'are the same, wherever the pieces end',
    (texts, cuts) => {
      const lines = texts.map((text) => text.replaceAll('\n', ''));
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      const pieces: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      expect(pumped([...pieces, bytes.subarray(at)])).toEqual(lines);
    },
  );

  test('that are too long are skipped, and later lines are read', () => {
    const long = Array.from({ length: 40 }, () => Buffer.alloc(1024 * 1024, 'x'));
    expect(pumped([...long, Buffer.from('\nshort\nlast')])).toEqual(['too long', 'short', 'last']);
  });
});
