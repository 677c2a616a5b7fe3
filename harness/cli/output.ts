import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { reporters } from '../report/registry.ts';

export type Output = { readonly reporter: keyof typeof reporters; readonly file: string | undefined };

/** `json`, or `junit=reports/junit.xml`. */
export const parseOutput = (text: string): Output => {
  const [name = '', ...rest] = text.split('=');
  if (!isKeyOf(reporters, name)) {
    throw new HarnessError('usage', `--reporter: there is no reporter ${JSON.stringify(name)}`, {
      hint: `possible: ${Object.keys(reporters).join(', ')}, each also as name=file`,
    });
  }
  return { reporter: name, file: rest.length === 0 ? undefined : rest.join('=') };
};
