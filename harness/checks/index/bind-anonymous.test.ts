import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { anyCalls } from '../../testing/generators/random/any-calls.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';

test.prop([anyCalls], { numRuns: 300 })(
  'a read without identity is a put without a number at its place, or the first of unknown outcome with its key and digest',
  (lines) => {
    const { tables, positions } = viewOfLines(lines);
    const entries = Array.from({ length: tables.entryOp.length }, (_, entry) => entry);
    const isNameless = (entry: number): boolean => tables.records.n.at(tables.entryRecord.at(entry)) < 0;
    const nameless = entries.filter(isNameless);
    const said = lines.flatMap((line) =>
      line.type === 'page' && line.error === undefined ? (line.records ?? []) : [],
    );
    for (const [read, { key, idKey, n, digest }] of said.entries()) {
      if (n !== undefined && (idKey ?? key) !== undefined) continue;
      const here = nameless.filter((entry) => positions.ofEntry[entry] === positions.ofRead[read]);
      const alike = nameless.filter(
        (entry) =>
          [0, 3].includes(tables.entryStatus.at(entry)) &&
          digest !== undefined &&
          tables.records.keyName(tables.entryRecord.at(entry)) === (key ?? '') &&
          tables.digests.text(tables.entryDigest.at(entry)) === digest,
      );
      const may = (here.length > 0 ? here : alike.slice(0, 1)).map((entry) => tables.entryRecord.at(entry));
      if (may.length === 0) expect(tables.readRecord.at(read)).toBe(-1);
      else expect(may).toContain(tables.readRecord.at(read));
    }
  },
);
