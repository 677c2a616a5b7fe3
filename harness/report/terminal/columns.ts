import { visible } from '../../lib/visible.ts';
import type { TerminalStyle } from './style.ts';
import { widthOf } from './width.ts';

/** A longer name shifts only its own line. */
const nameMax = 60;

/** The width of the column of names. Empty for a single name. */
export const columnsOf = (names: readonly string[]): Pick<TerminalStyle, 'nameWidth'> =>
  names.length < 2 ? {} : { nameWidth: Math.min(nameMax, Math.max(...names.map((name) => widthOf(visible(name))))) };
