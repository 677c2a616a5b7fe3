import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { HarnessError } from '../lib/error.ts';
import { decodeLine, decodeValue } from './decode.ts';
import { encodeEvent, encodeHead } from './encode.ts';
import { lineSchemas } from './schema.ts';

const sequence = fc.stringMatching(/^\d{1,129}$/);
const wrong = fc.oneof(fc.constantFrom(null, -1, 1.5, '', 'x', true, [], {}, '12'), fc.integer());
const whole = fc.nat();
const text = fc.string();
const optional = <T>(arbitrary: fc.Arbitrary<T>): { readonly arbitrary: fc.Arbitrary<T>; readonly optional: true } => ({
  arbitrary,
  optional: true,
});
const record = (
  fields: Readonly<Record<string, fc.Arbitrary<unknown> | ReturnType<typeof optional>>>,
): fc.Arbitrary<Record<string, unknown>> => {
  const arbitraries: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    arbitraries[name] = 'arbitrary' in field ? field.arbitrary : field;
    if (!('arbitrary' in field)) required.push(name);
  }
  return fc.record(arbitraries, { requiredKeys: required });
};

const entry = record({
  key: text,
  n: optional(whole),
  digest: optional(text),
  hash: optional(fc.stringMatching(/^\d{1,39}$/)),
  after: optional(sequence),
});
const result = fc.oneof(record({ error: text }), record({ shard: text, seq: sequence, sub: optional(whole) }));
const read = record({
  seq: sequence,
  key: optional(text),
  producer: optional(text),
  n: optional(whole),
  digest: optional(text),
  arrival: optional(fc.integer()),
});
const shardInfo = record({
  shard: text,
  range: fc.tuple(fc.stringMatching(/^\d{1,39}$/), fc.stringMatching(/^\d{1,39}$/)),
  parents: fc.array(text, { maxLength: 2 }),
  seq: fc.tuple(sequence, fc.option(sequence)),
});
const line = fc.oneof(
  record({
    t: whole,
    type: fc.constant('put'),
    op: whole,
    api: fc.constantFrom('PutRecord', 'PutRecords'),
    producer: optional(text),
    entries: fc.array(entry, { maxLength: 3 }),
  }),
  record({
    t: whole,
    type: fc.constant('ack'),
    op: whole,
    outcome: fc.constant('ok'),
    results: fc.array(result, { maxLength: 3 }),
  }),
  record({ t: whole, type: fc.constant('ack'), op: whole, outcome: fc.constantFrom('fail', 'info'), error: text }),
  record({
    t: whole,
    type: fc.constant('page'),
    reader: text,
    chain: whole,
    shard: text,
    records: optional(fc.array(read, { maxLength: 3 })),
    more: optional(fc.boolean()),
    behind: optional(fc.nat()),
  }),
  record({ t: whole, type: fc.constant('topology'), shards: fc.array(shardInfo, { maxLength: 3 }) }),
  record({ t: whole, type: fc.constant('reshard'), id: whole, phase: fc.constantFrom('invoke', 'ok', 'fail', 'info') }),
  record({
    t: whole,
    type: fc.constant('fault'),
    fault: text,
    phase: fc.constantFrom('armed', 'fired', 'never-fired'),
  }),
  record({ t: whole, type: fc.constant('end'), reason: fc.constantFrom('completed', 'interrupted', 'failed') }),
);

const accepts = (value: Readonly<Record<string, unknown>>): boolean => {
  try {
    return decodeValue(value, 1) !== undefined;
  } catch (thrown) {
    if (thrown instanceof HarnessError) return false;
    throw thrown;
  }
};

describe('decoding a line', () => {
  test.prop([line])('takes back what was encoded', (value) => {
    const { t, ...event } = value;
    const text = encodeEvent(t as number, event as never);
    expect(decodeLine(text, 1)).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test.prop([line, fc.array(fc.tuple(fc.nat(), wrong), { maxLength: 2 })], { numRuns: 1000 })(
    'agrees with the schema, on whole lines and on damaged ones',
    (value, damages) => {
      const damaged: Record<string, unknown> = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
      for (const [at, by] of damages) {
        const fields = Object.keys(damaged).filter((field) => field !== 'type');
        const field = fields[at % Math.max(1, fields.length)];
        if (field !== undefined) damaged[field] = by;
      }
      const schema = lineSchemas[damaged['type'] as keyof typeof lineSchemas];
      // An ack whose outcome is not ok carries results that nobody reads.
      if (damaged['type'] === 'ack' && damaged['outcome'] !== 'ok') delete damaged['results'];
      const needsResults = damaged['type'] === 'ack' && damaged['outcome'] === 'ok' && damaged['results'] === undefined;
      expect(accepts(damaged)).toBe(schema.safeParse(damaged).success && !needsResults);
    },
  );

  it('ignores types that it does not know, and names the line and field of a broken one', () => {
    expect(decodeLine('{"t":1,"type":"weather"}', 3)).toBeUndefined();
    expect(() => decodeLine('{"t":1,"type":"put","op":-1,"api":"PutRecord","entries":[]}', 7)).toThrow(
      'line 7: op: expected a whole number, got -1',
    );
    expect(() => decodeLine('{"t":1.5,"type":"note","text":"x"}', 2)).toThrow('line 2: t:');
    expect(() => decodeLine('{"t":1', 2)).toThrow('line 2: not JSON');
    expect(() => decodeLine('[]', 2)).toThrow('line 2: not a JSON object');
  });

  it('refuses a higher version and says what to do', () => {
    const head = encodeHead({ type: 'head', format: 'kinesis-order-history', version: 2 as 1, run: 'r' });
    expect(() => decodeLine(head, 1)).toThrow('install a newer one');
  });
});
