import { type Clock, systemClock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { type PrintOptions, printed } from '../lib/printed.ts';
import { visible } from '../lib/visible.ts';
import type { Detail } from '../report/terminal/detail.ts';
import type { TerminalStyle } from '../report/terminal/style.ts';
import { isColored } from './is-colored.ts';
import { outIsReport } from './watch-output.ts';

/** Where text is printed. Text for people goes to standard error as soon as a machine format has standard output. */
export type Console = {
  readonly out: (text: string, options?: PrintOptions) => void;
  readonly human: (text: string) => void;
  readonly color: boolean;
  /** How reports for people are formatted here. */
  readonly style: TerminalStyle;
  /** Progress: on a terminal one line that is overwritten; elsewhere a line after 15 s of silence. */
  readonly live: (text: string) => void;
  /** Clears the line that `live` wrote, for code that writes past this console. */
  readonly clear: () => void;
};

/** The flags as commander passes them. */
export type DetailFlags = { readonly quiet?: boolean; readonly verbose?: boolean };

/** Without a terminal, progress is printed at most this often, in milliseconds. */
export const silenceMs = 15_000;
const widthMin = 40;

export const consoleFor = (isMachine: boolean, detail: Detail = 'normal', clock: Clock = systemClock()): Console => {
  if (isMachine) outIsReport();
  const stream = isMachine ? process.stderr : process.stdout;
  const color = isColored(stream);
  const width = stream.isTTY === true ? Math.max(widthMin, stream.columns ?? 80) : undefined;
  let isShown = false;
  let printedAt = clock.now();
  const clear = (): void => {
    if (isShown) stream.write('\r\u001b[2K');
    isShown = false;
  };
  const overwrite = (text: string): void => {
    stream.write(`\r\u001b[2K${visible(text).slice(0, Math.max(10, (stream.columns ?? 80) - 1))}`);
    isShown = true;
  };
  const seldom = (text: string): void => {
    if (clock.now() - printedAt < silenceMs * 1000) return;
    printedAt = clock.now();
    stream.write(`${printed(visible(withoutFrame(text)))}\n`);
  };
  return {
    out: (text, options) => print.out(text, options),
    human: (text) => {
      if (text === '') return;
      clear();
      printedAt = clock.now();
      stream.write(printed(text, { isColored: color }));
    },
    color,
    style: { color, width, detail },
    live: detail === 'quiet' ? () => undefined : stream.isTTY === true ? overwrite : seldom,
    clear,
  };
};

/** The text without its spinner, which is only for terminals. */
const withoutFrame = (text: string): string => text.replace(/^[\u2800-\u28ff] /, '');

export const detailOf = ({ quiet = false, verbose = false }: DetailFlags): Detail => {
  if (quiet && verbose) throw new HarnessError('usage', '--quiet and --verbose: give one of them');
  return quiet ? 'quiet' : verbose ? 'verbose' : 'normal';
};
