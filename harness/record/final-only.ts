import { makeFolder } from '../lib/make-folder.ts';
import { Fetchers } from '../subjects/fetchers.ts';
import { identifierOf } from '../tap/identity/identify.ts';
import { preflightOnce } from '../targets/preflight.ts';
import { faultBook } from './fault-book.ts';
import { finishStream } from './finish-stream.ts';
import { openStream } from './open-stream.ts';
import type { RecordedHistory, RecordOptions, RecordResult } from './options.ts';
import { scopeClients } from './scope-client.ts';

/**
 * Records without a load: lists the shards of each named stream and reads everything in it once. Nothing is written to
 * the streams.
 */
export const finalOnly = async (options: RecordOptions): Promise<RecordResult> => {
  await makeFolder(options.folder);
  const identify = await identifierOf(options.identity);
  const { skewMs } = await preflightOnce(options.target);
  const { region } = options.target.client;
  const clients = scopeClients(options.target);
  const broken = new AbortController();
  const histories: RecordedHistory[] = [];
  try {
    for (const name of options.streams) {
      const ref = { name, region, accessKeyId: undefined };
      const kinesis = clients.of(ref);
      const stream = await openStream({
        options,
        ref,
        kinesis,
        summary: await kinesis.describe(name),
        fileName: `${name}.ndjson`,
        identify,
        skewMs,
        recorded: ['pages'],
        isOurs: false,
        isShared: false,
        isResharded: false,
        hasPast: false,
        nextOp: () => 0,
        fetchers: new Fetchers(),
        onAcked: () => undefined,
        onDiskError: (error) => broken.abort(error),
        signal: broken.signal,
      });
      const faults = faultBook([], options.producer);
      const cut = undefined;
      histories.push(
        await finishStream(stream, {
          options: { ...options, seal: false },
          faults,
          subjects: undefined,
          cut,
          signal: broken.signal,
        }),
      );
    }
    const { endpoint = `AWS, ${region}` } = options.target.client;
    return { histories, endpoint, requests: histories.length, isInterrupted: options.stop.aborted, notes: [] };
  } finally {
    clients.close();
  }
};
