import pc from 'picocolors';
import type { Mark, Part, Tone } from '../headline.ts';
import type { Detail } from './detail.ts';

export type TerminalStyle = {
  readonly color: boolean;
  /**
   * Characters in a line. Undefined without a terminal: lines are then not wrapped, so that `grep` finds complete
   * sentences.
   */
  readonly width?: number | undefined;
  readonly detail?: Detail;
  /** The length of the longest scenario name, for aligned columns. */
  readonly nameWidth?: number;
  /** True if the headroom was requested: it is then printed however large it is. */
  readonly isHeadroomAsked?: boolean;
};

export type Colors = ReturnType<typeof pc.createColors>;
export const colorsOf = ({ color }: Pick<TerminalStyle, 'color'>): Colors => pc.createColors(color);

export const signs: Readonly<Record<Mark, string>> = {
  holds: '✔',
  unordered: '≠',
  violated: '✘',
  unknown: '?',
  failed: '✘',
  invalid: '✘',
  interrupted: '!',
  skipped: '-',
};

export const inTone = (colors: Colors, tone: Tone, text: string): string =>
  ({ good: colors.green, warn: colors.yellow, bad: colors.red, plain: colors.dim })[tone](text);

export const inTones = (parts: readonly Part[], colors: Colors): string =>
  parts.map(({ text, tone }) => inTone(colors, tone, text)).join('; ');
