import { expecting, foundOf, type Row, type Seen, same } from './row.ts';

/** A scenario of examples/lambda, with its handler. */
export type LambdaRow = Omit<Row, 'command' | 'flags' | 'stream'> & { readonly scenario: string };

const engines = ['kinesis-local', 'kinesalite'];

/** All stored records were delivered to the handler, or sent to the destination. */
const handled =
  (count: number, discarded = 0) =>
  ({ history }: Seen): string | undefined => {
    const [app] = history?.subjects ?? [];
    return same(
      'handled',
      [app?.owed, app?.delivered, app?.neverReadShards.length],
      [count - discarded, count - discarded, 0],
    );
  };

export const lambdaRows: readonly LambdaRow[] = [
  {
    name: 'lambda-good',
    scenario: 'orders',
    client: 'Lambda handler (ESM), factor 4, partial batch responses',
    fault: 'a split and a merge',
    expected: 'holds; all handled; keys across the reshards',
    problems: expecting({ code: 0, kept: true, acked: 120 }, (seen) => [
      handled(120)(seen),
      (seen.history?.power['keysAcrossReshard'] ?? 0) > 0 ? undefined : 'no key crossed a reshard',
      same('redelivered', seen.history?.subjects[0]?.redelivered, 0),
    ]),
    isQuick: true,
    engines,
  },
  {
    name: 'lambda-python',
    scenario: 'orders-python',
    client: 'Lambda handler (Python, as a program), partial batch responses',
    fault: 'none',
    expected: 'holds; all handled',
    problems: expecting({ code: 0, kept: true, acked: 120 }, (seen) => [handled(120)(seen)]),
    isQuick: false,
    engines,
  },
  {
    name: 'lambda-poison',
    scenario: 'poison',
    client: 'Lambda handler that stops where it fails; bisect, partial batch responses, a destination',
    fault: '8 records that can never be applied',
    expected: 'holds; 8 discards reported; each other record applied once',
    problems: expecting({ code: 0, kept: true, acked: 120 }, (seen) => [
      handled(120, 8)(seen),
      same('discards', foundOf(seen, 'subject-discard'), 8),
      same('applied', [seen.counted['applied'], seen.counted['again']], [112, 0]),
    ]),
    isQuick: false,
    engines,
  },
  {
    name: 'lambda-goes-on',
    scenario: 'goes-on',
    client: 'Lambda handler that goes on after a failure; partial batch responses, a destination',
    fault: '8 records that can never be applied',
    expected: 'violated effect-duplicate, as many as the handler applied again',
    problems: (seen) => {
      const again = seen.counted['again'] ?? 0;
      const violated = seen.history?.claims.filter(({ verdict }) => verdict === 'violated') ?? [];
      const others = violated.map(({ anomaly }) => anomaly).filter((anomaly) => !anomaly.startsWith('effect-'));
      const found = [
        same('exit code', seen.code, 1),
        same('other violated claims', others, []),
        same('effect-duplicate', foundOf(seen, 'effect-duplicate'), again),
        again > 0 ? undefined : 'the handler applied nothing again',
      ];
      return found.filter((problem) => problem !== undefined);
    },
    isQuick: true,
    engines,
  },
  {
    name: 'lambda-throws',
    scenario: 'throws',
    client: 'Lambda handler that throws; two retries, no bisect, no destination',
    fault: '8 records that can never be applied',
    expected: 'violated subject-discard, blame consumer: whole batches',
    problems: (seen) => {
      const discards = seen.events.filter(({ type, event }) => type === 'subject' && event === 'discard').length;
      const blames = new Set(
        seen.history?.findings.filter(({ anomaly }) => anomaly === 'subject-discard').map(({ blame }) => blame),
      );
      const found = [
        same('exit code', seen.code, 1),
        same('subject-discard', foundOf(seen, 'subject-discard'), discards),
        discards > 8 ? undefined : `only ${discards} records were given up`,
        same('blame', [...blames], ['consumer']),
      ];
      return found.filter((problem) => problem !== undefined);
    },
    isQuick: false,
    engines,
  },
];
