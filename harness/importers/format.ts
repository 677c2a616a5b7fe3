import type { Head } from '../model/event.ts';
import type { Identify } from '../tap/identity/record-identity.ts';
import type { Fact } from './fact.ts';
import type { FirstPlaces } from './first-places.ts';
import type { Lack } from './lack.ts';
import type { Mapping } from './mapping.ts';
import type { Tally } from './tally.ts';
import type { TextSource } from './text-source.ts';

/** One file, and the flags that apply to it. */
export type FormatInput = {
  readonly source: TextSource;
  /** True for a file of --puts. */
  readonly isPut: boolean;
  readonly mapping: Mapping;
  readonly identify: Identify | undefined;
  readonly prefix: RegExp | undefined;
  readonly tally: Tally;
  /** The zone of times without one; undefined: UTC. */
  readonly zone?: string | undefined;
  /** For a file of --puts: a sample of the keys of the reads. */
  readonly keysOfReads?: ReadonlySet<string> | undefined;
  /**
   * The largest file of the same format and side. Where this one has a counter in the same place, it is the counter: a
   * short file alone may suggest another one.
   */
  readonly example?: Opened | undefined;
};

/** A file that is being read. */
export type Opened = {
  readonly facts: AsyncIterable<readonly Fact[]>;
  /** What the file does not contain. */
  readonly lacks: readonly Lack[];
  /** What the guess of its fields leaves open: the verdict is then unknown. */
  readonly doubt?: string | undefined;
  /** Where the fields are. */
  readonly mapping?: Mapping;
  /** Where the counter was found in the payloads, in the form of --id, if --id was not given. */
  readonly identity?: string;
  /** The same, if a mapping leads into the payload. */
  readonly payloadIdentity?: string;
  /** Keys of its first records. */
  readonly sampleKeys?: readonly string[];
  /** The names of its fields, if it has a mapping. */
  readonly fieldsFound?: readonly string[];
  /** True if its times are dates without a zone. */
  readonly isZoneless?: boolean;
  /** Shows which of several files without times is the older one. */
  readonly firstPlaces?: FirstPlaces;
  readonly stream?: () => string | undefined;
  /** The stream and its engine, if known. */
  readonly known?: Pick<Head, 'stream' | 'target'>;
};

/** A file format: one file, and one line in the registry. */
export type Format = {
  /** One line of help. */
  readonly summary: string;
  /** The flags that it supports. */
  readonly flags: readonly ('map' | 'id' | 'prefix' | 'puts')[];
  /** The argument is a stream, not a file: what is imported is the history of its final reading. */
  readonly isStream?: true;
  /** The format has no records. It is imported together with files that have records. */
  readonly isBeside?: true;
  /** If the beginning of a file looks like this format: the flags needed to import it. */
  readonly recognise: (start: string) => Recognised | undefined;
  readonly open: (input: FormatInput) => Opened | Promise<Opened>;
};

export type Recognised = {
  /** 0 to 1. Of several formats, the one with the highest value is shown. */
  readonly sure: number;
  readonly flags: readonly string[];
};
