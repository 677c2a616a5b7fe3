import { cut } from '../lib/cut.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';

/** Predicates and messages that the shapes of lines share. */
export type Fields = Readonly<Record<string, unknown>>;
export type Shape = (value: Fields) => string | undefined;

export const show = (value: unknown): string => cut(JSON.stringify(value) ?? 'nothing', 60);
export const wrong = (field: string, expected: string, got: unknown): string =>
  `${field}: expected ${expected}, got ${show(got)}`;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isOptional = (value: unknown, is: (value: unknown) => boolean): boolean =>
  value === undefined || is(value);
export const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText);
/** 0 … 2^128-1 has at most 39 digits. Leading zeros are accepted, as in a sequence number. */
export const isHashKey = isSequenceNumber;

export const oneOf = (field: string, value: unknown, possible: readonly string[]): string | undefined =>
  possible.includes(value as string) ? undefined : wrong(field, `one of ${possible.join(', ')}`, value);

export const enumOf = (field: string, value: unknown, possible: readonly string[]): string | undefined =>
  value === undefined ? undefined : oneOf(field, value, possible);
