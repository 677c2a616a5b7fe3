import type { RecordedCommand, RecordOptions } from '../record/options.ts';
import type { Console } from './console.ts';

type Shown = {
  readonly onOutput: RecordedCommand['onOutput'];
  readonly onProgress: NonNullable<RecordOptions['onProgress']>;
};

/**
 * What is seen while a program runs: what it prints goes where it would have gone; a report on standard output has
 * that for itself. Between its lines, how far the recording is: never
 * behind a line that the program has not ended.
 */
export const recordShown = ({ live, clear }: Console, isOutTaken: boolean, now: () => number): Shown => {
  const begun = now();
  let isMidLine = false;
  return {
    onOutput: (chunk, from) => {
      clear();
      isMidLine = !chunk.toString().endsWith('\n');
      (from === 'stdout' && !isOutTaken ? process.stdout : process.stderr).write(chunk);
    },
    onProgress: ({ phase, acked, streams }) => {
      if (isMidLine) return;
      const rate = Math.round(acked / Math.max(0.001, (now() - begun) / 1e6));
      const words = phase === 'load' ? `, ${rate.toLocaleString('en-US')} records/s` : '';
      live(`  ${phase}: ${acked} acknowledged in ${streams} ${streams === 1 ? 'stream' : 'streams'}${words}`);
    },
  };
};
