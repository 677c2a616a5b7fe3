import type { Head } from '../model/event.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import type { Fact } from './fact.ts';
import type { FirstPlaces } from './first-places.ts';
import type { Lack } from './lack.ts';
import type { Mapping } from './mapping.ts';
import type { Tally } from './tally.ts';
import type { TextSource } from './text-source.ts';

/** One file, and what the flags say about it. */
export type FormatInput = {
  readonly source: TextSource;
  /** It is a file of --puts. */
  readonly isPut: boolean;
  readonly mapping: Mapping;
  readonly identify: Identify | undefined;
  readonly prefix: RegExp | undefined;
  readonly tally: Tally;
  /** Of times that name none; undefined: UTC. */
  readonly zone?: string | undefined;
  /** Of a file of --puts: keys that the reads have, some of them. */
  readonly keysOfReads?: ReadonlySet<string> | undefined;
};

/** A file that is being read. */
export type Opened = {
  readonly facts: AsyncIterable<readonly Fact[]>;
  /** What no line of it can tell. */
  readonly lacks: readonly Lack[];
  /** Where the fields were looked for. */
  readonly mapping?: Mapping;
  /** Where the counter was found in the payloads, as --id takes it, if nobody said so. */
  readonly identity?: string;
  /** The same where a mapping leads into the payload. */
  readonly payloadIdentity?: string;
  /** Keys of its first records. */
  readonly sampleKeys?: readonly string[];
  /** Names of its fields, where a mapping leads to them. */
  readonly fieldsFound?: readonly string[];
  /** Its times are written out, and do not say their zone. */
  readonly isZoneless?: boolean;
  /** Which of several files without times is the older one. */
  readonly firstPlaces?: FirstPlaces;
  readonly stream?: () => string | undefined;
  /** What is known of the stream and its engine. */
  readonly known?: Pick<Head, 'stream' | 'target'>;
};

/** Files of one kind. One file, and one line in the registry. */
export type Format = {
  /** One line of help. */
  readonly summary: string;
  /** Flags that it obeys. */
  readonly flags: readonly ('map' | 'id' | 'prefix' | 'puts')[];
  /** It is named by a stream, not by a file: what is read is the history of its final reading. */
  readonly isStream?: true;
  /** It tells nothing of records: it stands beside files that do. */
  readonly isBeside?: true;
  /** Where the beginning of a file looks like this format: the flags that reading it needs, as they are typed. */
  readonly recognise: (start: string) => Recognised | undefined;
  readonly open: (input: FormatInput) => Opened | Promise<Opened>;
};

export type Recognised = {
  /** 0 to 1: of several formats the surest is shown. */
  readonly sure: number;
  readonly flags: readonly string[];
};
