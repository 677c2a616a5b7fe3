import { type PrintOptions, printed } from './printed.ts';

/** The two streams: nothing of this tool's own words goes past `printed`. */
export const say = {
  out: (text: string, options?: PrintOptions): void => void process.stdout.write(printed(text, options)),
  err: (text: string, options?: PrintOptions): void => void process.stderr.write(printed(text, options)),
};
