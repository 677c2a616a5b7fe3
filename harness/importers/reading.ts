import type { Opened } from './format.ts';
import type { FormatName } from './registry.ts';
import type { Tally } from './tally.ts';

/** `path` is a stream's name if the format reads from a stream. */
export type ImportFile = {
  readonly format: FormatName;
  readonly path: string;
  readonly isPut: boolean;
  /** The application that its records were delivered to. */
  readonly reader?: string | undefined;
};

/** A file that is being read, and the counts of its lines. */
export type Reading = {
  readonly file: ImportFile;
  readonly tally: Tally;
  readonly opened: Opened;
  readonly isCut: () => boolean;
  readonly close: () => void;
};
