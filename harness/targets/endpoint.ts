import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { deviationsOf } from './deviations.ts';
import { identify } from './identify.ts';
import { probe } from './probe.ts';
import type { Target } from './target.ts';

/** Any engine that runs already: `--endpoint`, AWS_ENDPOINT_URL_KINESIS or AWS_ENDPOINT_URL. It is never stopped, and only what we made is removed. */
export const endpoint: Target = {
  summary: 'an engine that is already running, at --endpoint or AWS_ENDPOINT_URL_KINESIS',
  start: async ({ endpoint: url, region, credentials }) => {
    if (url === undefined) {
      throw new HarnessError('usage', 'the target endpoint needs an address', {
        hint: 'give --endpoint http://host:port, or set AWS_ENDPOINT_URL_KINESIS',
      });
    }
    assertUrl(url);
    const client: ClientOptions = {
      endpoint: url,
      region,
      credentials: credentials ?? {
        accessKeyId: process.env['AWS_ACCESS_KEY_ID'] ?? 'test',
        secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
      },
      requestTimeoutMs: 20_000,
    };
    await assertAnswers(client);
    const { engine, version } = await identify(url);
    const probed = await probe(client);
    return {
      name: 'endpoint',
      engine,
      version,
      client,
      deviations: deviationsOf(engine, version),
      ...probed,
      words: () => '',
      stop: () => Promise.resolve(),
    };
  },
};

const assertUrl = (url: string): void => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return;
  throw new HarnessError('usage', `--endpoint: ${JSON.stringify(url)} is no address`, {
    hint: 'write it like http://localhost:4566',
  });
};

/** One ListStreams: down, hanging and talking nonsense are told apart here, before anything is made. */
const assertAnswers = async (client: ClientOptions): Promise<void> => {
  const kinesis = createKinesis({ ...client, requestTimeoutMs: 5000 });
  try {
    await withDeadline(kinesis.listStreams(), 12_000, client.endpoint ?? '');
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : String(thrown);
    throw new HarnessError('target', `no Kinesis answers at ${client.endpoint}: ${words}`, {
      hint: 'is the engine running, and is this its address?',
      cause: thrown,
    });
  } finally {
    kinesis.close();
  }
};

const withDeadline = async <T>(work: Promise<T>, deadlineMs: number, what: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} gave no answer within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
