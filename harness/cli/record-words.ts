import type { HistoryVerdict } from '../model/verdict.ts';
import type { RecordOptions, RecordResult } from '../record/options.ts';
import { withoutSecrets } from './without-secrets.ts';

/** True if the program ended with an error. A program that this tool ended did not fail. */
export const isCommandFailed = ({ command }: RecordResult): boolean =>
  command !== undefined && !command.isOurs && command.code !== 0;

/** A line on how the program ended; undefined if it ended well and left no process. */
export const commandWords = (result: RecordResult, { command: asked }: RecordOptions): string | undefined => {
  const { command } = result;
  if (command === undefined || asked === undefined) return undefined;
  const name = withoutSecrets(asked.run);
  const left = command.left.map(({ pid, name: what }) => `${what} (${pid})`).join(', ');
  const leftWords = left === '' ? '' : `; still running: ${left}`;
  if (!isCommandFailed(result)) return left === '' ? undefined : `${name} ended${leftWords}`;
  const lines = command.lastLines.map((line) => `\n    ${line}`).join('');
  return `the command failed with ${endOf(command)}: ${name}${leftWords}${lines === '' ? '' : `; its last lines:${lines}`}`;
};

const endOf = ({ code, signal }: NonNullable<RecordResult['command']>): string =>
  signal === null ? `exit code ${code}` : `signal ${signal}`;

/** The field `command` of the JSON report. */
export const commandFields = ({ command }: RecordResult): object =>
  command === undefined
    ? {}
    : { command: { pid: command.pid, code: command.code, signal: command.signal, endedByUs: command.isOurs } };

/** The message if no call came: the usual reasons, and how each client is configured. */
export const noCallWords = ({ endpoint, command }: RecordResult, { command: asked }: RecordOptions): string => {
  const who = asked === undefined ? 'nobody' : withoutSecrets(asked.run);
  const how = command === undefined ? '' : `, and ended with ${endOf(command)}`;
  const said = `no call came: ${who} sent nothing to ${endpoint}${how}`;
  if (command !== undefined && isNotBegun(command)) return `${said}; the program itself could not be started`;
  return [said, ...endpointWords].join('\n');
};

const endpointWords = [
  '  boto3 from 1.28, the JS SDK v3, the Go SDK v2 (LoadDefaultConfig) and the Java SDK from 2.28 use the endpoint in AWS_ENDPOINT_URL_KINESIS, which the program has in its environment.',
  '  A client whose endpoint stands in its code, or in another variable, gets it in its arguments ({endpoint}, {host}, {port}, {tls}), from KINESIS_ORDER_ENDPOINT,',
  '  or by a gateway on the port that it calls: --listen 4566 --endpoint http://localhost:4567. docs/record.md has a recipe for each.',
];

const puts: readonly string[] = ['PutRecord', 'PutRecords'];

/** The message if calls came, and none of them began a history. undefined if a note of the recording says why. */
export const noPutWords = (
  { operations = {}, requests, notes, endpoint }: RecordResult,
  { streams }: Pick<RecordOptions, 'streams'>,
): string | undefined => {
  const named = Object.entries(operations).map(([name, count]) => `${name} ${count}`);
  const came =
    named.length === 0
      ? `${requests} requests came to ${endpoint}, and none was a call of Kinesis`
      : `the calls that came to ${endpoint} (${named.join(', ')}) neither wrote to ${nameOf(streams)} nor read from it`;
  if (!puts.some((name) => name in operations))
    return [
      `nothing was written, so nothing was judged: ${came}`,
      '  Record the program that sends PutRecord or PutRecords. If this one does, the client that sends them calls another endpoint:',
      ...endpointWords,
    ].join('\n');
  if (notes.length > 0) return undefined;
  return `nothing was judged: ${came}\n  it writes to another stream: name that one with --stream`;
};

const nameOf = (streams: readonly string[]): string => (streams.length === 0 ? 'a stream' : streams.join(', '));

/** True if the output is what shells, Python and Node print if a program, or a part of it, is missing. */
const isNotBegun = ({ code, lastLines }: NonNullable<RecordResult['command']>): boolean =>
  code === 126 ||
  code === 127 ||
  (code !== 0 &&
    lastLines.some((line) =>
      /can't open file|Cannot find (module|package)|ModuleNotFoundError|command not found/.test(line),
    ));

type Door = Pick<RecordOptions, 'identity' | 'identityText'> & {
  /** True if nothing ran, and a stream was only read. */
  readonly isFinalOnly: boolean;
  readonly histories: readonly Pick<HistoryVerdict, 'counts'>[];
};

/** A sentence on how the way of recording limits what is proved. */
export const doorWords = ({ identity, identityText, isFinalOnly, histories }: Door): string => {
  const door = isFinalOnly ? 'read from the stream' : 'recorded at the gateway';
  if (identity.from === 'none')
    return isFinalOnly
      ? `${door}: what was sent, and in which order it was meant, is not seen without a counter (--id)`
      : `${door}: what the program reordered before it sent is not seen without a counter (--id)`;
  if (histories.length > 0 && histories.every(({ counts }) => counts.unidentified > 0))
    return `${door}: --id ${identityText} matched no payload, so the order that was meant is not known`;
  return `${door}: the order that was meant is read from the payload (${identityText})`;
};
