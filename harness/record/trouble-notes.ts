import type { Trouble } from '../gateway/trouble.ts';

/** Collects failures between client, gateway and engine: each kind once, with its count. */
export type TroubleNotes = { readonly take: (trouble: Trouble) => void; readonly notes: () => readonly string[] };

const kindsMax = 20;

export const troubleNotes = (): TroubleNotes => {
  const counts = new Map<string, number>();
  return {
    take: ({ side, message }) => {
      const kind = `${side}: ${message}`;
      if (counts.has(kind) || counts.size < kindsMax) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
    notes: () => [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} (${count} times)`)),
  };
};
