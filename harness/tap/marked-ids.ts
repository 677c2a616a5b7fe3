import type { RecordId, RecordIds } from './record-ids.ts';

/** An end marker whose body says nothing of this tool: it is known by its key and its bytes. */
export type Marker = { readonly key: string; readonly digest: string; readonly producer: string; readonly n: number };

export type MarkedIds = RecordIds & {
  /** Before the marker is put: whoever reads it meanwhile knows it already. */
  readonly mark: (marker: Marker) => void;
};

export const markedIds = (ids: RecordIds): MarkedIds => {
  const markers = new Map<string, RecordId>();
  const nameOf = (key: string, digest: string): string => `${digest} ${key}`;
  return {
    ...ids,
    mark: ({ key, digest, producer, n }) => void markers.set(nameOf(key, digest), { producer, n }),
    read: (record) => markers.get(nameOf(record.key ?? '', record.digest)) ?? ids.read(record),
  };
};
