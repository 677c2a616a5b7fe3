import type { ReadingCases } from './reading-cases.ts';

export const views: ReadingCases = {};
