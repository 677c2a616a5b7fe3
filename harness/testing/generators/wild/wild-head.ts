import type { Random } from '../../../lib/random.ts';
import { anomalyIds } from '../../../model/anomaly.ts';
import type { Head } from '../../../model/event.ts';

export const startedAt = '2026-11-23T08:00:00.000Z';

/** A head with a few of its options. */
export const wildHead = (random: Random): Head => {
  const often = <T extends object>(value: T): T | Record<string, never> => (random.int(0, 5) === 0 ? value : {});
  const id = anomalyIds[random.int(0, anomalyIds.length - 1)] ?? 'duplicate';
  const other = anomalyIds[random.int(0, anomalyIds.length - 1)] ?? 'duplicate';
  const how = random.pick(['forbid', 'allow', 'find', 'ignore']);
  return {
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run: 'r-wild',
    ...(random.int(0, 3) === 0 ? {} : { startedAt }),
    ...often({ recorded: random.pick<('puts' | 'pages')[]>([['puts'], ['pages'], ['puts', 'pages']]) }),
    ...often({
      stream: random.pick<NonNullable<Head['stream']>>([
        { shared: true },
        { retentionHours: 24 },
        { distribution: 'AUTO', mode: 'ON_DEMAND' },
        { name: 's' },
      ]),
    }),
    ...often({ tolerances: { settleMs: random.pick([0, 1, 5000]), skewMs: random.pick([0, 1, 1000]) } }),
    ...often({ scenario: { expect: { [how]: [id, other] }, ...(random.int(0, 3) === 0 ? { reshard: [{}] } : {}) } }),
    ...often({
      target: {
        engine: 'wild',
        deviations: [
          {
            id: 'd',
            anomaly: id,
            when: { kind: random.pick([null, 'retry', 'declared']) },
            sentence: 'So it is here.',
          },
        ],
      },
    }),
  };
};
