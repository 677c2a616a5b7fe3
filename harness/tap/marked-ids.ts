import type { RecordId, RecordIds } from './record-ids.ts';

/** A sentinel whose payload the user chose. It is recognised by its key and digest. */
export type Marker = { readonly key: string; readonly digest: string; readonly producer: string; readonly n: number };

export type MarkedIds = RecordIds & {
  /** Call it before the marker is put, so that a reader recognises it at once. */
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
