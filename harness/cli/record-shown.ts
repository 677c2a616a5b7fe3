import { several } from '../lib/several.ts';
import type { RecordedCommand, RecordOptions } from '../record/options.ts';
import type { Console } from './console.ts';
import { ticking } from './ticking.ts';

type Shown = {
  readonly onOutput: RecordedCommand['onOutput'];
  readonly onProgress: NonNullable<RecordOptions['onProgress']>;
  /** Stops the display. */
  readonly stop: () => void;
};

/**
 * The display while a program runs. The program's output goes where it would have gone, except if a report needs
 * standard output. Progress is shown between the program's lines, even while nothing happens, but never after an
 * unfinished line.
 */
export const recordShown = (
  { live, clear }: Pick<Console, 'live' | 'clear'>,
  { isOutTaken, now, waitsFor }: ShownOptions,
): Shown => {
  const begun = now();
  let isMidLine = false;
  let text = `load: waiting for ${waitsFor}`;
  const stop = ticking({ live: (words) => (isMidLine ? undefined : live(words)), clear }, () => text);
  return {
    stop,
    onOutput: (chunk, from) => {
      clear();
      isMidLine = !chunk.toString().endsWith('\n');
      (from === 'stdout' && !isOutTaken ? process.stdout : process.stderr).write(chunk);
    },
    onProgress: ({ phase, acked, streams }) => {
      const rate = Math.round(acked / Math.max(0.001, (now() - begun) / 1e6));
      const words = phase === 'load' ? `, ${rate.toLocaleString('en-US')} records/s, waiting for ${waitsFor}` : '';
      text = `${phase}: ${acked} acknowledged in ${several(streams, 'stream')}${words}`;
    },
  };
};

type ShownOptions = { readonly isOutTaken: boolean; readonly now: () => number; readonly waitsFor: string };
