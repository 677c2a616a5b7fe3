import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { HarnessError, messageOf } from '../lib/error.ts';
import { namedFunction } from '../lib/load-function.ts';
import { defineVariant, type InputOf } from '../lib/variant.ts';
import type { Outgoing } from '../workload/workload.ts';
import { dueAt, timeLine } from './pace.ts';
import type { Named, Produce, Producer, ProducerTools } from './producer.ts';
import type { HandedRecord } from './program.ts';
import { arrivals } from './send-options.ts';

const options = z.strictObject({
  /** `./mine.ts#produce`: a file, relative to the scenario file, and the name of its export (default `default`). */
  module: z.string().min(1),
  /** Records per second. Default: as fast as the function takes them. */
  rate: z.number().min(0.001).max(1_000_000).optional(),
  /** For `rate`: equal gaps, or gaps of a Poisson process drawn by the seed. Default `constant`. */
  arrivals,
  /** `own` (default): each producer has its own keys. `shared`: all producers write the same keys. */
  keys: z.enum(['shared', 'own']).default('own'),
});

/** What the function receives beside the records. */
export type FnPlace = {
  readonly endpoint: string;
  readonly stream: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Aborted when the run ends early. */
  readonly signal: AbortSignal;
};
export type FnRecord = { readonly key: string; readonly n: number; readonly data: Uint8Array };
export type ProduceFn = (records: AsyncIterable<FnRecord>, place: FnPlace) => Promise<void> | void;

const variant = {
  ...defineVariant({
    type: 'fn',
    summary: "a function of yours that is handed the records of the workload, in process: `fn('./mine.ts#produce')`",
    options,
    make:
      (given): Produce =>
      async (tools) => {
        const produce = (await namedFunction(given.module, `producers: fn ${given.module}`)) as ProduceFn;
        const door = await tools.door?.();
        if (door === undefined)
          throw new HarnessError('usage', 'producers: fn needs a gateway, and this target has none');
        const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = door.env;
        const place = {
          endpoint: door.endpoint,
          stream: door.stream ?? '',
          region,
          credentials: { accessKeyId: id, secretAccessKey: secret },
          signal: tools.signal,
        };
        try {
          await produce(handed(tools, given), place);
        } catch (thrown) {
          tools.failed?.(`${given.module} failed: ${messageOf(thrown)}`);
        }
      },
  }),
  needsGateway: true,
  relativeTo: (given, folder) => ({
    ...given,
    module: relative(process.cwd(), resolve(folder, String(given['module']))),
  }),
} satisfies Producer;

type FnOptions = Omit<InputOf<typeof variant>, 'type' | 'module'> & Named;

/** A function of your own that is handed the workload's records, in this process: `fn('./mine.ts#produce')`. */
export const fn = Object.assign(
  (module: string, more: FnOptions = {}) => ({ type: 'fn', module, ...more }) as const,
  variant,
);

async function* handed(
  tools: ProducerTools,
  { rate, arrivals: spread }: z.infer<typeof options>,
): AsyncGenerator<FnRecord> {
  const line = timeLine(tools.clock, { rate, arrivals: spread, seed: tools.seed });
  for (;;) {
    const atMs = line.next();
    await line.until(atMs, tools.signal);
    const record: Outgoing | undefined = tools.next();
    if (record === undefined) return;
    const { key, n, data } = record;
    tools.handed?.(dueAt<HandedRecord>({ key, n }, line.due(atMs)));
    yield { key, n, data };
  }
}
