import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { type HashKeySpec, hashKeyWords, isHashKey } from '../model/hash-key.ts';

export const explicitHashKey = z.union(
  [
    z.string().refine(isHashKey, hashKeyWords),
    z.strictObject({ type: z.literal('seeded') }),
    /** `./mine.ts#hashOf`: a file, relative to the scenario file, and the name of its export (default `default`). */
    z.strictObject({ type: z.literal('fn'), module: z.string().min(1) }),
  ],
  { error: `${hashKeyWords}, { type: 'seeded' }, or fn('./mine.ts#hashOf')` },
);

/** The spec with its path resolved, because paths in a scenario are relative to its folder. */
export const hashKeyIn = (spec: HashKeySpec, folder: string): HashKeySpec =>
  typeof spec === 'object' && spec.type === 'fn'
    ? { ...spec, module: relative(process.cwd(), resolve(folder, spec.module)) }
    : spec;
