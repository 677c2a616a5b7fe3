import { HarnessError } from '../../lib/error.ts';
import { type IdentitySpec, identitySpec } from './spec.ts';

const forms = 'json:/seq[,key=/k][,producer=/p] · re:REGEX with the groups n, key, producer · module:./file.mjs · none';

/** Parses `--id`. `json:` also accepts counter=, first= and scope=. Throws HarnessError('usage'). */
export const parseIdentity = (text: string): IdentitySpec => {
  const parsed = identitySpec.safeParse(draftOf(text));
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new HarnessError('usage', `--id ${text}: ${why}`, { hint: `possible: ${forms}` });
};

const draftOf = (text: string): Readonly<Record<string, unknown>> => {
  if (text === 'none') return { from: 'none' };
  const [, from, rest = ''] = /^(json|re|module):([\s\S]+)$/.exec(text) ?? [];
  if (from === 're') return { from, pattern: withGroups(rest, text) };
  if (from === 'module') return { from, file: rest };
  if (from === 'json') return jsonDraft(rest, text);
  throw new HarnessError('usage', `--id ${JSON.stringify(text)} is not understood`, { hint: `possible: ${forms}` });
};

const withGroups = (pattern: string, text: string): string => {
  try {
    new RegExp(pattern, 'u');
  } catch (thrown) {
    throw new HarnessError('usage', `--id ${text}: ${String(thrown)}`, { hint: `possible: ${forms}` });
  }
  if (pattern.includes('(?<n>')) return pattern;
  throw new HarnessError('usage', `--id ${text}: the expression has no group n`, {
    hint: "name the counter, for instance --id 're:seq=(?<n>\\d+)'",
  });
};

const jsonDraft = (rest: string, text: string): Readonly<Record<string, unknown>> => {
  const [n, ...more] = rest.split(',');
  const fields = more.map((part) => {
    const [, name = '', value = ''] = /^(key|producer|counter|first|scope)=(.*)$/.exec(part) ?? [];
    if (name === '')
      throw new HarnessError('usage', `--id ${text}: ${JSON.stringify(part)} is not understood`, {
        hint: `possible: ${forms}`,
      });
    return [name, name === 'first' ? Number(value) : value] as const;
  });
  return { from: 'json', n, ...Object.fromEntries(fields) };
};
