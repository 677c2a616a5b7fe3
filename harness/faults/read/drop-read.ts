import { z } from 'zod';
import { isOk } from '../answers.ts';
import { defineFault } from '../define-fault.ts';
import { drawForGetRecords, isGetRecords, needsReader, readDetail, readOptions } from './read-options.ts';

/**
 * Reads a page, and closes the connection without an answer. No record is lost: the same iterator gives the page
 * again.
 */
export const dropRead = defineFault({
  type: 'drop-read',
  at: 'read',
  summary: 'one page is read, but its answer never comes',
  legal: {
    grade: 'permitted',
    sentence: 'unknown error, exception, or failure',
    source: 'SDK, common errors: a connection may break at any time, and no sentence excepts GetRecords',
  },
  options: z.strictObject({ ...readOptions }),
  conflicts: needsReader,
  draw: drawForGetRecords(() => ({})),
  arm: (options, tools) => async (call, forward) => {
    const answer = await forward(call.body);
    if (!isGetRecords(options, call, tools) || !isOk(answer)) return answer;
    tools.fired(call, readDetail(call));
    return { kind: 'drop' };
  },
});
