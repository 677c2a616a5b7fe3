import { aws } from './aws.ts';
import { endpoint } from './endpoint.ts';
import { kinesalite } from './kinesalite.ts';
import { kinesisLocal } from './kinesis-local.ts';
import { localstack } from './localstack.ts';
import { ministack } from './ministack.ts';
import { moto } from './moto.ts';
import type { Target } from './target.ts';

/** Engines by their name in `--target`. To add one, add its file and a line here. */
export const targets = {
  'kinesis-local': kinesisLocal,
  kinesalite,
  localstack,
  moto,
  ministack,
  aws,
  endpoint,
} as const satisfies Record<string, Target>;

export type TargetName = keyof typeof targets;
