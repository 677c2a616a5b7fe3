import type { ReadingCases } from './reading-cases.ts';

export const subjects: ReadingCases = {};
