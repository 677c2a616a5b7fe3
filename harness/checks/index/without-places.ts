import type { View } from './view.ts';

/**
 * Why the places of reads cannot be compared with acknowledged ones; undefined if they can. If an imported dump names
 * no sequence numbers or no shards, the importer has counted its lines instead.
 */
export const withoutPlaces = ({ tables: { head } }: View): string | undefined => {
  const lacks = head?.import?.lacks ?? [];
  const missing = lacks.includes('number') ? 'sequence numbers' : lacks.includes('shard') ? 'shards' : undefined;
  return missing === undefined
    ? undefined
    : `the files of the reads name no ${missing}, so their places cannot be compared with those of the puts`;
};
