import type { HeadroomMode } from './check-with-headroom.ts';

/** `--headroom`, `--no-headroom`, or neither. */
export const headroomModeOf = (said: boolean | undefined): HeadroomMode =>
  said === undefined ? 'bounded' : said ? 'all' : 'none';
