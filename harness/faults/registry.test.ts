import { expect, test } from 'vitest';
import * as index from '../index.ts';
import * as builders from './builders.ts';
import { faults } from './registry.ts';

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

test('each fault is in the registry under its own name, and exported as its builder', () => {
  const exported = new Map<string, unknown>(Object.entries(index));
  const named = Object.entries(faults).map(([name, fault]) => [name, fault.type, exported.get(camel(name)) === fault]);
  expect(named).toEqual(Object.keys(faults).map((name) => [name, name, true]));
});

test('a builder gives what a scenario holds', () => {
  expect(builders.dropResponse({ call: 3 })).toEqual({ type: 'drop-response', call: 3 });
});
