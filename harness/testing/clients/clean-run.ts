import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consumerFlags } from '../../cli/consumer-flags.ts';
import { codeOf } from '../../cli/record-judge.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { createKinesis } from '../../kinesis/create-kinesis.ts';
import { systemClock } from '../../lib/clock.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { RecordOptions } from '../../record/options.ts';
import { quietOptions } from '../../record/quiet-options.ts';
import { record } from '../../record/record.ts';
import { parseIdentity } from '../../tap/identity/parse.ts';
import type { RunningTarget } from '../../targets/target.ts';
import type { Clients } from './install.ts';
import { startLeases } from './leases.ts';
import type { Row } from './row.ts';
import { consumerOutput, countedIn, eventsIn, notInstalled, type Ran, removeFolder } from './run-row.ts';

const withinMs = 420_000;
const identityText = 'json:/seq';

/**
 * One recording of one process of a client, on an engine that serves many. It calls the function behind `record` and
 * not the command line, because starting that a thousand times takes longer than all clients together.
 */
export const runClean = async (row: Row, target: RunningTarget, clients: Clients, stream: string): Promise<Ran> => {
  const command = row.command(clients);
  const consumer = row.consumer?.(clients);
  if (command === undefined || (row.consumer !== undefined && consumer === undefined))
    return notInstalled(row, target.engine);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-clean-'));
  const leases = row.hasLeases === true ? await startLeases(`kcl-${stream}`) : undefined;
  const begun = performance.now();
  let output = '';
  try {
    const quiet = quietOptions({
      target,
      folder,
      clock: systemClock(),
      run: `r-${stream}`,
      identity: parseIdentity(identityText),
      identityText,
      streams: [stream],
      question: 'pipeline',
      stop: AbortSignal.timeout(withinMs),
    });
    const result = await record({
      ...quiet,
      isPrivate: true,
      shards: 2,
      command: commandOf(command, (text) => {
        output += text;
      }),
      ...consumerFlags(consumer === undefined ? {} : consumerOf(consumer, leases?.env), { timeoutMs }),
    });
    const [first] = result.histories;
    const history = first === undefined ? undefined : await checkHistory(first.path);
    const said = consumer === undefined ? output : await consumerOutput(history);
    const code = codeOf(result, first === undefined ? [] : [{ history }], false);
    const seen = { code, history, counted: countedIn(said), events: await eventsIn(history), output };
    const seconds = (performance.now() - begun) / 1000;
    return { row, engine: target.engine, seen, problems: row.problems(seen), pid: result.command?.pid ?? 0, seconds };
  } finally {
    await leases?.stop();
    await removeStream(target, stream);
    await removeFolder(folder);
  }
};

const timeoutMs = 240_000;

const commandOf = (
  [name = '', ...args]: readonly string[],
  onOutput: (text: string) => void,
): NonNullable<RecordOptions['command']> => ({
  run: [name, ...args],
  wait: { type: 'firstCall' },
  isPointed: true,
  timeoutMs,
  gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 5000 },
  onOutput: (chunk) => onOutput(chunk.toString('utf8')),
});

/** The environment is part of the command, because two runs at once have their own leases. */
const consumerOf = (command: readonly string[], env: Readonly<Record<string, string>> = {}) => ({
  consumer: [
    ...Object.entries(env).map(([name, value]) => `${name}=${shellWord(value)}`),
    ...command.map(shellWord),
  ].join(' '),
  owes: 'TRIM_HORIZON',
  done: '3m',
});

/** Removes the stream of a run, because an engine that serves many runs must not keep their streams. */
const removeStream = async ({ client }: RunningTarget, stream: string): Promise<void> => {
  const kinesis = createKinesis(client);
  await kinesis.deleteStream(stream).catch(() => undefined);
  kinesis.close();
};
