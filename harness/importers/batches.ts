import type { Fact } from './fact.ts';
import type { Opened } from './format.ts';
import { merged } from './merge.ts';
import type { Reading } from './reading.ts';

/** Facts in batches: puts before reads if there are no times. The content of the stream itself comes last. */
export async function* batchesOf(readings: readonly Reading[], isTimed: boolean): AsyncGenerator<readonly Fact[]> {
  const isStream = ({ opened }: Reading): boolean => opened.known !== undefined;
  const logs = readings
    .filter((reading) => !isStream(reading))
    .sort((a, b) => Number(b.file.isPut) - Number(a.file.isPut));
  yield* merged(
    logs.map(({ opened, file: { reader, isPut } }) => ({
      facts: reader === undefined ? opened.facts : ofReader(opened.facts, reader),
      isPut,
    })),
    isTimed,
  );
  for (const { opened } of readings.filter(isStream)) yield* opened.facts;
}

async function* ofReader(facts: Opened['facts'], reader: string): AsyncGenerator<readonly Fact[]> {
  for await (const batch of facts)
    yield batch.map((fact) => (fact.kind === 'put' || fact.kind === 'event' ? fact : { ...fact, reader }));
}
