import { expect, test } from 'vitest';
import { allowedIn, sourceHeading } from './claim-source.ts';

test('a source that promises is told from one that allows, also if a reason follows', () => {
  expect(allowedIn('"ordered" (SDK, PutRecord)')).toBeUndefined();
  expect(allowedIn('"may succeed" (KPL): allowed')).toBe('"may succeed" (KPL)');
  expect(allowedIn('"coarsely ordered" (SDK): allowed, since coarse is not strict')).toBe('"coarsely ordered" (SDK)');
});

test('the heading says AWS only above words of AWS', () => {
  expect(sourceHeading('"ordered" (SDK, PutRecord)')).toBe('What AWS promises');
  expect(sourceHeading('every acknowledged record is read')).toBe('What is promised');
  expect(sourceHeading('"one" (SDK) against "other" (guide): allowed, since they differ')).toBe('What AWS says');
  expect(sourceHeading('undocumented by AWS: allowed')).toBe('What is allowed');
});
