import { type PrintOptions, printed } from './printed.ts';

/** Standard output and standard error. Everything that this tool prints goes through `printed`. */
export const print = {
  out: (text: string, options?: PrintOptions): void => void process.stdout.write(printed(text, options)),
  err: (text: string, options?: PrintOptions): void => void process.stderr.write(printed(text, options)),
};
