import { onDemandKbOf, unitsOf } from './cost.ts';

type Place = { readonly shard: string; readonly seq: string };
export type Taken = { readonly kinesisRecords: number; readonly units: number; readonly onDemandKb: number };

/**
 * A fold over what the service took, and what that costs. AWS bills a record that it stored, whether or not its answer
 * arrived. So a place counts once if an answer named it, or a reader met it. Records at one place are an aggregate.
 */
export const takenFold = () => {
  const places = new Map<string, Map<string, number>>();
  return {
    take: ({ shard, seq }: Place, record: string, bytes: number): void => {
      const place = `${shard}/${seq}`;
      const sizes = places.get(place) ?? new Map<string, number>();
      places.set(place, sizes);
      sizes.set(record, bytes);
    },
    result: (): Taken => {
      const sizes = [...places.values()].map((of) => [...of.values()].reduce((sum, bytes) => sum + bytes, 0));
      const sum = (cost: (bytes: number) => number): number => sizes.reduce((total, bytes) => total + cost(bytes), 0);
      return { kinesisRecords: sizes.length, units: sum(unitsOf), onDemandKb: sum(onDemandKbOf) };
    },
  };
};
