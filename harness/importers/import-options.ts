import type { Identity } from '../model/event.ts';
import type { Question } from '../model/expectations.ts';
import type { FormatInput } from './format.ts';
import type { Zones } from './read-zone.ts';
import type { ImportFile } from './reading.ts';

export type ImportOptions = Pick<FormatInput, 'identify' | 'prefix'> & {
  readonly files: readonly ImportFile[];
  readonly mappings: { readonly reads: FormatInput['mapping']; readonly puts: FormatInput['mapping'] };
  readonly identity: Identity;
  readonly out: string;
  readonly run: string;
  readonly version: string;
  readonly question: Question;
  readonly reader: string;
  readonly clockSkewMs: number | undefined;
  /** The zone of times without one. Default: UTC. */
  readonly zones?: Zones;
  /** A file with the output of `aws kinesis list-shards`. */
  readonly shards?: string | undefined;
  readonly stream: string | undefined;
  /** The number of broken lines that are accepted in one file. */
  readonly brokenMax: number;
  /**
   * Reads a stream to its end, and returns the path of the history. `guessed`: where the counter is in the payloads of
   * the dump.
   */
  readonly readStream: (name: string, guessed: string | undefined) => Promise<string>;
  readonly signal?: AbortSignal;
};
