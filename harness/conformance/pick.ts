import { HarnessError } from '../lib/error.ts';
import { areas } from './answer.ts';
import type { Claim } from './claim.ts';

type Claims = Readonly<Record<string, Claim>>;

/**
 * The claims that `--only` names, by id or by area. It may be repeated and may have commas. Throws `usage` for an
 * unknown name, and if there is no name.
 */
export const pickClaims = (claims: Claims, only: readonly string[] | undefined): Claims => {
  if (only === undefined) return claims;
  const names = only.flatMap((text) => text.split(',')).filter((name) => name !== '');
  if (names.length === 0)
    throw new HarnessError('usage', '--only names no claim', { hint: `areas: ${areas.join(', ')}` });
  for (const name of names) assertKnown(name, claims);
  return Object.fromEntries(
    Object.entries(claims).filter(([id, claim]) => names.includes(id) || names.includes(claim.area)),
  );
};

const assertKnown = (name: string, claims: Claims): void => {
  if (name in claims || areas.some((area) => area === name)) return;
  const near = Object.keys(claims).filter((id) => name.split('-').some((word) => word.length > 3 && id.includes(word)));
  const hint =
    near.length === 0 ? `areas: ${areas.join(', ')}; claims: --list` : `did you mean ${near.slice(0, 5).join(', ')}?`;
  throw new HarnessError('usage', `--only: there is no claim and no area ${JSON.stringify(name)}`, { hint });
};
