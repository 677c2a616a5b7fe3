import type { RawAnswer, RawFailure } from '../../../kinesis/raw.ts';
import type { Claim } from '../../claim.ts';
import { Outcome } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';
import { blob, heldAtTheEdge, mib } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

type Entry = { readonly PartitionKey: string; readonly Data: Uint8Array };

/** Entries of a mebibyte each, keys of four bytes included. */
const mebibytes = (count: number): readonly Entry[] =>
  Array.from({ length: count }, (_, n) => ({ PartitionKey: `key${n % 10}`, Data: blob(mib - 4) }));

export const tenMibACall: Claim = {
  area: 'limits',
  wording:
    'Each record in the request can be as large as 10 MiB, up to a limit of 10 MiB for the entire request, including partition keys.',
  source: 'SDK PutRecords',
  isHeavy: true,
  extraMs: 30_000,
  probe: (probe) => {
    const oneByte = { PartitionKey: 'k', Data: new Uint8Array() };
    const call = (stream: ProbeStream, Records: readonly Entry[]): Promise<RawAnswer<'PutRecords'>> =>
      stream.call('PutRecords', { Records });
    const at = {
      what: 'a call of 10 MiB',
      ask: async (stream: ProbeStream) => {
        const answer = await call(stream, mebibytes(10));
        if (!answer.ok && answer.answered) await tellOfFive(await probe.stream(), answer);
        return answer;
      },
    };
    const above = {
      what: 'a call of 10 MiB and one byte',
      ask: (stream: ProbeStream) => call(stream, [...mebibytes(10), oneByte]),
    };
    return heldAtTheEdge(probe, { at, above, records: 10, errors: invalid });
  },
};

/**
 * Ends the probe. The limit was 5 MiB until October 2025, so an engine that still has it is told apart from one that
 * takes neither.
 */
const tellOfFive = async (stream: ProbeStream, ten: RawFailure): Promise<never> => {
  const five = await stream.call('PutRecords', { Records: mebibytes(5) });
  const stored = (await stream.stored(five.ok ? 5 : 0)).length;
  const status = ten.status === undefined ? '' : ` (${ten.status})`;
  throw new Outcome(
    'deviates',
    `a call of 10 MiB was refused with ${ten.error}${status}; of one of 5 MiB, the limit until 2025, ${stored} of 5 records are stored`,
  );
};
