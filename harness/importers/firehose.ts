import { HarnessError } from '../lib/error.ts';
import { digestOf } from '../model/digest.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import type { Fact } from './fact.ts';
import type { Format, FormatInput } from './format.ts';
import { JsonValues } from './json-values.ts';
import { guessIdentity, identityLike } from './payload-identity.ts';
import { sampleValues } from './sample-values.ts';
import type { Tally } from './tally.ts';
import { linesOf } from './text-lines.ts';

/** S3 objects that Firehose wrote: concatenated payloads, with or without a newline between them. */
export const firehose: Format = {
  summary:
    'S3 objects of Firehose (concatenated JSON, .gz): no shards or sequence numbers, so only order, duplicates and gaps within one object',
  flags: ['id'],
  recognise: (start) => {
    if (!/\}\s*\{/.test(start) || /\}\n/.test(start)) return undefined;
    const guess = guessIdentity(sampledPayloads(start), false);
    return guess === undefined ? undefined : { sure: 0.5, flags: ['--id', guess.spec] };
  },
  open: (input) => {
    const payloads = sampledPayloads(input.source.start);
    const like = identityLike(input.example?.identity, payloads);
    const guess = input.identify === undefined ? (like ?? guessIdentity(payloads, false)) : undefined;
    const identify = input.identify ?? guess?.identify;
    if (identify === undefined) throw withoutCounter(input.source.name);
    return {
      facts: facts(input, identify),
      lacks: ['time', 'shard', 'number'],
      ...(guess === undefined ? {} : { identity: guess.spec }),
    };
  },
};

const withoutCounter = (name: string): HarnessError =>
  new HarnessError(
    'usage',
    `${name}: a Firehose object has no sequence numbers, and no counter was found in its payloads`,
    {
      hint: 'name the counter, and the key that it counts within: --id json:/seq,key=/orderId (or re:REGEX with groups n and key)',
    },
  );

const sampledPayloads = (start: string): readonly Uint8Array[] =>
  sampleValues(start, undefined).map(({ text }) => Buffer.from(text, 'utf8'));

/** Each object is judged as a shard of its own, because nothing shows what came before it. */
async function* facts({ source, tally }: FormatInput, identify: Identify): AsyncGenerator<readonly Fact[]> {
  let batch: Fact[] = [];
  const values = new JsonValues({
    prefix: undefined,
    tally,
    onValue: (_, line, _before, text) =>
      batch.push(factOf(Buffer.from(text, 'utf8'), source.name, identify, tally, line)),
  });
  for await (const lines of linesOf(source.pieces)) {
    values.take(lines);
    yield batch;
    batch = [];
  }
  values.finish();
  yield batch;
  if (tally.taken > 0) return;
  throw new HarnessError('usage', `${source.name}: no JSON object in ${tally.tried} lines`);
}

const factOf = (data: Uint8Array, object: string, identify: Identify, tally: Tally, line: number): Fact => {
  const found = identify(data, '');
  tally.taken += 1;
  const isNamed = found?.key !== undefined;
  if (!isNamed)
    tally.noteNameless(
      line,
      found === undefined
        ? 'its payload has no counter where --id looks for it'
        : '--id names no key: --id json:/seq,key=/FIELD',
    );
  return {
    kind: 'read',
    time: undefined,
    worker: undefined,
    shard: object,
    seq: undefined,
    sub: undefined,
    key: undefined,
    flow: isNamed ? found.key : undefined,
    n: isNamed ? found.n : undefined,
    producer: isNamed ? found.producer : undefined,
    digest: digestOf(data),
    bytes: data.byteLength,
    arrival: undefined,
    file: tally.file,
    line,
  };
};
