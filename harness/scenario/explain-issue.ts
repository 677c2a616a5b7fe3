import type { z } from 'zod';
import { suggestion } from '../lib/suggestion.ts';

type Issue = z.core.$ZodIssue;

/** One issue of the schema in one line: field, problem, given value, possible values. */
export const explainIssue = (issue: Issue, input: unknown): string => {
  const field = fieldOf(issue.path);
  const given = issue.code === 'unrecognized_keys' ? '' : `, got ${show(valueAt(input, issue.path))}`;
  return `${field}: ${whatOf(issue)}${given}${possibleOf(issue, valueAt(input, issue.path))}`;
};

const whatOf = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_value':
      return 'expected one of a few';
    case 'invalid_type':
      return `expected ${issue.expected}`;
    case 'too_small':
      return `expected ${issue.inclusive === false ? `more than ${issue.minimum}` : `${issue.minimum} or more`}${unitOf(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.maximum} or less${unitOf(issue.origin)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
};

const unitOf = (origin: string): string => (origin === 'array' ? ' of them' : origin === 'string' ? ' characters' : '');

const possibleOf = (issue: Issue, given: unknown): string => {
  const params = 'params' in issue ? (issue.params as Readonly<Record<string, unknown>> | undefined) : undefined;
  const values: unknown = issue.code === 'invalid_value' ? issue.values : params?.['possible'];
  if (!Array.isArray(values)) return '';
  const possible = values.map(String);
  return `${typeof given === 'string' ? suggestion(given, possible) : ''}; possible: ${possible.join(', ')}`;
};

/** The name of a field: `producers[0].inFlight`. For an empty path: the scenario. */
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
