import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consumerFlags } from '../../cli/consumer-flags.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { createKinesis } from '../../kinesis/create-kinesis.ts';
import { systemClock } from '../../lib/clock.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { RecordOptions } from '../../record/options.ts';
import { record } from '../../record/record.ts';
import { parseIdentity } from '../../tap/identity/parse.ts';
import type { RunningTarget } from '../../targets/target.ts';
import type { Clients } from './install.ts';
import { startLeases } from './leases.ts';
import type { Row } from './row.ts';
import { consumerOutput, countedIn, eventsIn, notInstalled, type Ran } from './run-row.ts';

const withinMs = 420_000;
const identityText = 'json:/seq';

/**
 * One recording of one process of a client, on an engine that is kept for many: by the function behind `record`, and
 * not by the command line, because starting that a thousand times takes longer than all clients together.
 */
export const runClean = async (row: Row, target: RunningTarget, clients: Clients, stream: string): Promise<Ran> => {
  const command = row.command(clients);
  const consumer = row.consumer?.(clients);
  if (command === undefined || (row.consumer !== undefined && consumer === undefined))
    return notInstalled(row, target.engine);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-clean-'));
  const leases = row.hasLeases === true ? await startLeases(`kcl-${stream}`) : undefined;
  Object.assign(process.env, leases?.env);
  const begun = performance.now();
  let output = '';
  try {
    const result = await record({
      ...usual,
      target,
      folder,
      streams: [stream],
      command: commandOf(command, (text) => {
        output += text;
      }),
      clock: systemClock(),
      run: `r-${stream}`,
      stop: AbortSignal.timeout(withinMs),
      ...consumerFlags(consumer === undefined ? {} : consumerOf(consumer), { timeoutMs }),
    });
    const [first] = result.histories;
    const history = first === undefined ? undefined : await checkHistory(first.path);
    const said = consumer === undefined ? output : await consumerOutput(history);
    // As the command line would end.
    const code =
      result.failure !== undefined ? 3 : result.command?.code !== 0 ? 5 : codes[history?.verdict ?? 'unknown'];
    const seen = { code, history, counted: countedIn(said), events: await eventsIn(history), output };
    const seconds = (performance.now() - begun) / 1000;
    return { row, engine: target.engine, seen, problems: row.problems(seen), pid: result.command?.pid ?? 0, seconds };
  } finally {
    await leases?.stop();
    await removeStream(target, stream);
    await rm(folder, { recursive: true, force: true });
  }
};

const codes = { holds: 0, violated: 1, unknown: 4 } as const;
const timeoutMs = 240_000;

const usual = {
  isPrivate: true,
  listen: { host: '127.0.0.1', port: 0 },
  shards: 2,
  identity: parseIdentity(identityText),
  identityText,
  producer: 'app',
  question: 'pipeline',
  faults: [],
  reshard: [],
  stopAfter: undefined,
  forMs: undefined,
  seal: false,
  keep: true,
  onListening: () => undefined,
} as const satisfies Partial<RecordOptions>;

const commandOf = (
  [name = '', ...args]: readonly string[],
  onOutput: (text: string) => void,
): NonNullable<RecordOptions['command']> => ({
  run: [name, ...args],
  wait: { type: 'firstCall' },
  isTold: true,
  timeoutMs,
  gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 5000 },
  onOutput: (chunk) => onOutput(chunk.toString('utf8')),
});

const consumerOf = (command: readonly string[]) => ({
  consumer: command.map(shellWord).join(' '),
  owes: 'TRIM_HORIZON',
  done: '3m',
});

/** An engine that is kept holds the streams of one run at a time. */
const removeStream = async ({ client }: RunningTarget, stream: string): Promise<void> => {
  const kinesis = createKinesis(client);
  await kinesis.deleteStream(stream).catch(() => undefined);
  kinesis.close();
};
