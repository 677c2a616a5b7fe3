import type { Claim } from './claim.ts';
import { badInputClaims } from './claims/bad-input/registry.ts';
import { fanOutClaims } from './claims/fan-out/registry.ts';
import { limitsClaims } from './claims/limits/registry.ts';
import { readsClaims } from './claims/reads/registry.ts';
import { reshardClaims } from './claims/reshard/registry.ts';
import { writesClaims } from './claims/writes/registry.ts';

/** Every claim by its id, in the order of the report: what is written, read, resharded, pushed, limited, refused. */
export const claims = {
  ...writesClaims,
  ...readsClaims,
  ...reshardClaims,
  ...fanOutClaims,
  ...limitsClaims,
  ...badInputClaims,
} as const satisfies Record<string, Claim>;

export type ClaimId = keyof typeof claims;
