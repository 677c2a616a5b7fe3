import type { HeadroomMode } from './check-with-headroom.ts';

/** The mode for `--headroom` (all), `--no-headroom` (none), or neither (bounded). */
export const headroomModeOf = (said: boolean | undefined): HeadroomMode =>
  said === undefined ? 'bounded' : said ? 'all' : 'none';
