import type { ClientOptions } from '../kinesis/kinesis.ts';
import { wrongNames } from '../kinesis/list-all.ts';
import { type RawAnswer, type RawClient, rawClient } from '../kinesis/raw.ts';
import { systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';

/** How long the first call may take: LocalStack loads its Kinesis then, which takes seconds. */
const answerMs = 12_000;
/** The answers of an engine that is about to start, and of a proxy in front of it. */
const notReady: ReadonlySet<number | undefined> = new Set([502, 503, 504]);
const pauseMs = 500;

/**
 * Sends ListStreams, and repeats it only while the engine says that it is not ready. It detects an engine that is
 * down, hangs or is not Kinesis, before anything is created.
 */
export const assertAnswers = async (client: ClientOptions): Promise<void> => {
  const raw = rawClient({ ...client, requestTimeoutMs: answerMs });
  const answer = await readyAnswer(raw).finally(raw.close);
  const wrong = answer.ok ? wrongNames(answer.output.StreamNames) : undefined;
  if (answer.ok && wrong === undefined) return;
  const words = answer.ok ? (wrong ?? '') : wordsOf(answer);
  throw new HarnessError('target', `no Kinesis engine answers at ${client.endpoint}: ListStreams: ${words}`, {
    hint: answer.ok ? usualHint : hintFor(words, answer.status, client.endpoint),
  });
};

type Names = RawAnswer<'ListStreams'>;
type Refused = Exclude<Names, { readonly ok: true }>;

const readyAnswer = async (raw: RawClient): Promise<Names> => {
  const clock = systemClock();
  for (;;) {
    const answer = await raw.call('ListStreams', {});
    if (answer.ok || !notReady.has(answer.status) || clock.now() / 1000 > answerMs) return answer;
    await clock.sleep(pauseMs);
  }
};

const isNoJson = (error: string): boolean => error.startsWith('SyntaxError');

const wordsOf = ({ error, message, status }: Refused): string =>
  isNoJson(error) && status !== undefined
    ? `HTTP ${status} with a body that is not JSON: ${message}`
    : `${error}: ${message}`;

const usualHint = 'check that the engine is running, and that this is its address';

/** Node forwards the messages of OpenSSL and of its HTTP parser. */
const hints: readonly (readonly [RegExp, string])[] = [
  [/altname/i, 'its certificate is for another name: use that name, or create a certificate for this one'],
  [
    /certificate/i,
    'its certificate is not trusted here: set NODE_EXTRA_CA_CERTS=ca.pem to the file of its CA (or to the certificate)',
  ],
  [/^EPROTO|SSL routines/, 'this port does not speak TLS: if it speaks plain HTTP, write http:// instead of https://'],
];
const notHttp: readonly (readonly [RegExp, string])[] = [
  [/Parse Error/, 'this port does not speak plain HTTP: if it speaks TLS, write https:// instead of http://'],
  [
    /^ECONNRESET/,
    'the connection was cut without an answer: check the log of the engine; if the port speaks TLS, write https:// instead of http://',
  ],
];

const hintFor = (words: string, status: number | undefined, endpoint = ''): string => {
  if (notReady.has(status)) return `it was not ready for ${answerMs / 1000} s: check the log of the engine`;
  if (words.startsWith('HTTP '))
    return 'something else answers there, such as a web server or a proxy: check host and port';
  const known = endpoint.startsWith('http:') ? [...hints, ...notHttp] : hints;
  return known.find(([sign]) => sign.test(words))?.[1] ?? usualHint;
};
