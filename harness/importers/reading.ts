import type { Opened } from './format.ts';
import type { FormatName } from './registry.ts';
import type { Tally } from './tally.ts';

/** `path` is a stream's name where the format is read from a stream. */
export type ImportFile = {
  readonly format: FormatName;
  readonly path: string;
  readonly isPut: boolean;
  /** Which application was given what stands in it. */
  readonly reader?: string | undefined;
};

/** A file that is being read, and what became of its lines. */
export type Reading = {
  readonly file: ImportFile;
  readonly tally: Tally;
  readonly opened: Opened;
  readonly isCut: () => boolean;
  readonly close: () => void;
};
