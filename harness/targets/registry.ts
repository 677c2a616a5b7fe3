import { endpoint } from './endpoint.ts';
import { kinesalite } from './kinesalite.ts';
import { kinesisLocal } from './kinesis-local.ts';
import type { Target } from './target.ts';

/** Engines by the name that `--target` takes. Adding one: a file and a line. */
export const targets = {
  'kinesis-local': kinesisLocal,
  kinesalite,
  endpoint,
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
