import type { View } from './view.ts';

/** Logs that were put together afterwards: the order of lines need not be the order of sending. */
export const isImported = ({ tables: { head } }: View): boolean => head?.recorder === 'import';

/** Without a counter n is only the order of first sending: of overlapping calls it says nothing. Contract, rule 26. */
export const isIntentUnknown = ({ tables: { head } }: View): boolean => head?.identity?.from === 'none';

const why = 'the order of lines need not be the order of sending (recorder: import)';

/** For claims that need the order of sending: void under `pipeline`, where only places are compared. */
export const voidByImport = (view: View): string | undefined =>
  isImported(view) && view.tables.question === 'pipeline' ? why : undefined;

/** For the same claims, and for `key-reorder`: unknown where the question is what the service promised. */
export const unknownByImport = (view: View): string | undefined =>
  isImported(view) && view.tables.question === 'service' ? why : undefined;
