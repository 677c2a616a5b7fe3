import type { PutApi } from './event.ts';

export const isPut = (operation: string): operation is PutApi =>
  operation === 'PutRecord' || operation === 'PutRecords';
