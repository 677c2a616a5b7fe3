/** What a scenario file imports: each fault is its own builder. A test holds that none of the registry is missing. */
export { delay } from './put/delay.ts';
export { dropResponse } from './put/drop-response.ts';
export { duplicateRecord } from './put/duplicate-record.ts';
export { failRecord } from './put/fail-record.ts';
export { loseRecord } from './put/lose-record.ts';
export { reorderRecord } from './put/reorder-record.ts';
export { dropRead } from './read/drop-read.ts';
