import { randomBytes } from 'node:crypto';
import { cacheFolder } from '../../session/settings.ts';
import { targets } from '../../targets/registry.ts';
import type { RunningTarget } from '../../targets/target.ts';
import { runClean } from './clean-run.ts';
import type { Clients } from './install.ts';
import type { Row } from './row.ts';
import { cleanEngines } from './rows.ts';
import { attempted, type Ran } from './run-row.ts';

/** A client on an engine, and how often it has run. */
type Pair = { readonly row: Row; readonly engine: string; readonly most: number; runs: number };

export type CleanRuns = {
  readonly rows: readonly Row[];
  readonly clients: Clients;
  /** The most runs of each pair; fewer if the pair asks for fewer. */
  readonly runs: number;
  /** The number of runs of a pair that are kept from before. */
  readonly before: (row: Row, engine: string) => number;
  /** No run begins once `performance.now()` has reached it. */
  readonly until: number;
  /** The number of runs at once. */
  readonly lanes: number;
  readonly done: (ran: Ran) => Promise<void>;
};

/** Always runs the pair with the smallest share of its runs, so that all have the same share whenever it ends. */
export const cleanRuns = async ({ rows, clients, runs, before, until, lanes, done }: CleanRuns): Promise<void> => {
  const engines = keptEngines();
  const pairs = rows.flatMap((row) =>
    (row.engines ?? []).map((engine): Pair => {
      const most = Math.min(runs, row.runs ?? runs, cleanEngines[engine] ?? runs);
      return { row, engine, most, runs: before(row, engine) };
    }),
  );
  const lane = async (): Promise<void> => {
    for (let pair = nextOf(pairs); pair !== undefined && performance.now() < until; pair = nextOf(pairs)) {
      pair.runs += 1;
      await done(await once(pair, engines.start, clients));
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    await engines.stop();
  }
};

const nextOf = (pairs: readonly Pair[]): Pair | undefined =>
  pairs
    .filter(({ runs, most }) => runs < most)
    .reduce<Pair | undefined>(
      (least, pair) => (least === undefined || share(pair) < share(least) ? pair : least),
      undefined,
    );

const share = ({ runs, most }: Pair): number => runs / most;

const once = (
  { row, engine }: Pair,
  start: (engine: string) => Promise<RunningTarget>,
  clients: Clients,
): Promise<Ran> =>
  attempted(row, engine, async () =>
    runClean(row, await start(engine), clients, `orders-${randomBytes(4).toString('hex')}`),
  );

/** Engines by name. Each is started once, on first use. */
const keptEngines = () => {
  const started = new Map<string, Promise<RunningTarget>>();
  return {
    start: (engine: string): Promise<RunningTarget> => {
      const known = started.get(engine);
      if (known !== undefined) return known;
      const starting = targets[engine as keyof typeof targets].start({ cacheFolder: cacheFolder() });
      started.set(engine, starting);
      // The next run tries again if the engine did not start.
      starting.catch(() => started.delete(engine));
      return starting;
    },
    stop: async (): Promise<void> => {
      for (const target of await Promise.allSettled(started.values()))
        if (target.status === 'fulfilled') await target.value.stop();
    },
  };
};
