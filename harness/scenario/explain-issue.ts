import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One issue of the schema in one line: field, what is wrong, what was given, what is possible. */
export const explainIssue = (issue: Issue, input: unknown): string => {
  const field = fieldOf(issue.path);
  const given = issue.code === 'unrecognized_keys' ? '' : `, got ${show(valueAt(input, issue.path))}`;
  return `${field}: ${whatOf(issue)}${given}${possibleOf(issue)}`;
};

const whatOf = (issue: Issue): string => {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `unknown field ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_small':
      return `expected ${issue.minimum} or more${unitOf(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.maximum} or less${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
};

const unitOf = (origin: string): string => (origin === 'array' ? ' of them' : origin === 'string' ? ' characters' : '');

const possibleOf = (issue: Issue): string => {
  const params = 'params' in issue ? (issue.params as Readonly<Record<string, unknown>> | undefined) : undefined;
  const possible = params?.['possible'];
  if (Array.isArray(possible)) return `; possible: ${possible.join(', ')}`;
  return issue.code === 'invalid_value' ? `; possible: ${issue.values.map(String).join(', ')}` : '';
};

/** `producers[0].inFlight`; the scenario itself for an empty path. */
export const fieldOf = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'the scenario'
    : path
        .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`))
        .join('');

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );

const show = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  return (JSON.stringify(value) ?? typeof value).slice(0, 80);
};
