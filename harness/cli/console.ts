/** Where words go: human ones to standard error as soon as a machine format has standard output. */
export type Console = {
  readonly out: (text: string) => void;
  readonly human: (text: string) => void;
  readonly color: boolean;
  /** A line that is written over again; only on a terminal. */
  readonly live: ((text: string) => void) | undefined;
};

export const consoleFor = (isMachine: boolean): Console => {
  const stream = isMachine ? process.stderr : process.stdout;
  const color = stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  let shown = 0;
  const clear = (): void => {
    if (shown > 0) stream.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  return {
    out: (text) => void process.stdout.write(text),
    human: (text) => {
      clear();
      stream.write(text);
    },
    color,
    live:
      stream.isTTY === true
        ? (text) => {
            clear();
            const cut = text.slice(0, Math.max(10, (stream.columns ?? 80) - 1));
            stream.write(cut);
            shown = cut.length;
          }
        : undefined,
  };
};

/** A reader that has gone (`| head`), or a terminal that was closed, is no failure of ours. */
export const ignoreClosedOutput = (): void => {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    });
  }
};
