import type { RecordOptions } from './options.ts';

type Told = 'target' | 'clock' | 'run' | 'folder' | 'identity' | 'identityText' | 'streams' | 'question' | 'stop';

/** A recording without a command, a gateway, faults, reshards or subjects. */
export const quietOptions = (options: Pick<RecordOptions, Told>): RecordOptions => ({
  isPrivate: false,
  listen: { host: '127.0.0.1', port: 0 },
  command: undefined,
  shards: undefined,
  producer: 'app',
  subjects: [],
  ownLines: undefined,
  faults: [],
  reshard: [],
  stopAfter: undefined,
  forMs: undefined,
  seal: false,
  keep: true,
  onListening: () => undefined,
  ...options,
});
