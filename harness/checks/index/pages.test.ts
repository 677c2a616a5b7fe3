import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { passesOf, readings, viewOfLines } from '../../testing/generators/random/readings.ts';
import { deliveriesOf, deliveryColumns, pageReads } from './pages.ts';

test.prop([readings], { numRuns: 40 })(
  'what a chain delivered is what its pages held, one after the other',
  (lines) => {
    const view = viewOfLines(lines);
    const { tables, positions } = view;
    const passes = passesOf(lines);
    const visited = [...pageReads(view)];
    expect(visited.map(({ page }) => tables.pageT.at(page))).toEqual(
      passes.flatMap(({ pages }) => pages.map(({ t }) => t)),
    );
    expect(visited.map(({ reads }) => reads.length)).toEqual(
      passes.flatMap(({ pages }) => pages.map(({ records = [] }) => records.length)),
    );
    for (const [index, chain] of tables.chains.entries()) {
      expect(visited.filter((one) => one.chain === chain)).toHaveLength(chain.pages.length);
      const expected = (passes[index]?.pages ?? []).flatMap(({ t, records = [] }) =>
        records.map(({ seq }) => ({ seq, asked: t })),
      );
      const said = (position: number, page: number): object => ({
        seq: positions.seq(position),
        asked: tables.pageT.at(page),
      });
      expect([...deliveriesOf(view, chain)].map(({ position, page }) => said(position, page))).toEqual(expected);
      const columns = deliveryColumns(view, chain);
      expect(columns.pages).toHaveLength(expected.length);
      expect([...columns.positions].map((position, at) => said(position, columns.pages[at] ?? -1))).toEqual(expected);
    }
  },
);
