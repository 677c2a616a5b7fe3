import type { ClientOptions } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { assertAnswers } from './assert-answers.ts';
import { deviationsOf } from './deviations.ts';
import { identify } from './identify.ts';
import { probe } from './probe.ts';
import type { Target } from './target.ts';
import { attachedVersion, emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

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

/** Throws HarnessError('usage') for an address with a query, because no client sends it, and it may hold a secret. */
const assertNoQuery = (url: string): void => {
  const [bare = '', ...query] = url.split(/[?#]/);
  if (query.length === 0) return;
  throw new HarnessError('usage', `--endpoint ${bare}: the address of an engine has no query`, {
    hint: 'remove everything from ? or # on',
  });
};
