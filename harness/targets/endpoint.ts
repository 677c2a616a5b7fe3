import type { ClientOptions } from '../kinesis/kinesis.ts';
import { wrongNames } from '../kinesis/list-all.ts';
import { rawClient } from '../kinesis/raw.ts';
import { HarnessError } from '../lib/error.ts';
import { deviationsOf } from './deviations.ts';
import { identify } from './identify.ts';
import { probe } from './probe.ts';
import type { Target } from './target.ts';
import { attachedVersion, emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

/** How long the first call may take: LocalStack loads its Kinesis then, which takes seconds. */
const answerMs = 12_000;

/**
 * Any running engine: `--endpoint`, AWS_ENDPOINT_URL_KINESIS or AWS_ENDPOINT_URL. It is never stopped, and only our
 * own streams are removed.
 */
export const endpoint: Target = {
  summary: 'an engine that is already running, at --endpoint or AWS_ENDPOINT_URL_KINESIS',
  start: async (options) => {
    const { endpoint: url, credentials } = options;
    if (url === undefined) {
      throw new HarnessError('usage', 'the target endpoint needs an address', {
        hint: 'give --endpoint http://host:port, or set AWS_ENDPOINT_URL_KINESIS',
      });
    }
    assertUrl(url);
    const client: ClientOptions = {
      endpoint: url,
      region: emulatorRegion(options.region),
      credentials: credentials ?? {
        accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'test',
        secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
      },
      requestTimeoutMs: 20_000,
    };
    await assertAnswers(client);
    const { engine, version: reported } = await identify(url);
    const version = attachedVersion(engine, reported, options);
    const probed = await probe(client);
    return {
      name: 'endpoint',
      engine,
      version,
      client,
      deviations: deviationsOf(engine, version),
      ...probed,
      workers: workersOf(engine),
      words: () => '',
      stop: () => Promise.resolve(),
    };
  },
};

const assertUrl = (url: string): void => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return assertNoQuery(url);
  throw new HarnessError('usage', `--endpoint: ${JSON.stringify(url.split(/[?#]/)[0])} is not an address`, {
    hint: 'write it like http://localhost:4566',
  });
};

/** A hint for a failed connection. Node forwards OpenSSL's messages. */
const hintFor = (words: string): string => {
  if (/altname/i.test(words))
    return 'its certificate is for another name: use that name, or create a certificate for this one';
  return /certificate/i.test(words)
    ? 'its certificate is not trusted here: set NODE_EXTRA_CA_CERTS=ca.pem to the file of its CA (or to the certificate)'
    : 'check that the engine is running, and that this is its address';
};

/** Throws HarnessError('usage') for an address with a query, because no client sends it, and it may hold a secret. */
const assertNoQuery = (url: string): void => {
  const [bare = '', ...query] = url.split(/[?#]/);
  if (query.length === 0) return;
  throw new HarnessError('usage', `--endpoint ${bare}: the address of an engine has no query`, {
    hint: 'remove everything from ? or # on',
  });
};

/**
 * Sends one ListStreams, without retry. It detects an engine that is down, hangs or is not Kinesis, before anything is
 * created.
 */
const assertAnswers = async (client: ClientOptions): Promise<void> => {
  const raw = rawClient({ ...client, requestTimeoutMs: answerMs });
  const answer = await raw.call('ListStreams', {});
  raw.close();
  const wrong = answer.ok ? wrongNames(answer.output.StreamNames) : undefined;
  if (answer.ok && wrong === undefined) return;
  const words = answer.ok ? wrong : `${answer.error}: ${answer.message}`;
  throw new HarnessError('target', `no Kinesis engine answers at ${client.endpoint}: ListStreams: ${words}`, {
    hint: hintFor(words ?? ''),
  });
};
