import { describe, expect, it } from 'vitest';
import { anomalyIds } from '../model/anomaly.ts';
import { type History, history, lower, upper } from '../testing/generators/history-builder.ts';
import type { Mutation } from '../testing/generators/mutations/mutation.ts';
import { allMutations } from '../testing/generators/mutations/registry.ts';
import { outOfOrder } from '../testing/generators/two-records.ts';
import { mutated } from '../testing/suites/kill.ts';
import { checkHistory } from './check-history.ts';
import { reduceHistory, type Witness } from './reduce-history.ts';

/** Claims that break wherever this one does, and why: no history shows it alone. */
const companions: Readonly<Record<string, { readonly with: readonly string[]; readonly why: string }>> = {
  'nonmonotonic-session': {
    with: ['reader-divergence', 'premature-shard-end'],
    why: 'a session that goes back and is given less passed the same stretch twice, with differing records',
  },
  'key-reorder': {
    with: ['nonmonotonic-send'],
    why: 'a record that was acknowledged before a later one was sent, and lies behind it, has the larger number',
  },
  'stray-sub-record': {
    with: ['undeliverable'],
    why: 'an acknowledged record of an aggregate that is dropped reaches nobody, unless it has a copy elsewhere',
  },
};

/** Events of the largest witness. */
const largest: Readonly<Record<string, number>> = {
  // Three readers take part: the final one, the client of the application, and the application.
  'fetched-not-delivered': 10,
};

const witnessOf = async (
  mutation: Mutation,
): Promise<{ readonly witness: Witness | undefined; readonly size: number }> => {
  for (let seed = 0; seed < 400; seed += 1) {
    const lines = mutated(mutation, `witness/${seed}`);
    if (lines === undefined) continue;
    const { witnesses } = await reduceHistory(lines, await checkHistory(lines));
    return { witness: witnesses.find(({ anomaly }) => anomaly === mutation.anomaly), size: lines.length };
  }
  throw new Error(`${mutation.name} fits into no history`);
};

/** Of each anomaly: the claims that its witness violates. */
const violatedBy = async ({ lines }: History): Promise<Readonly<Record<string, readonly string[]>>> => {
  const { witnesses, failed } = await reduceHistory(lines, await checkHistory(lines));
  expect(failed).toEqual([]);
  const said = witnesses.map(async ({ anomaly, lines: few }) => {
    const { claims } = await checkHistory(few);
    const violated = claims.filter(({ verdict }) => verdict === 'violated').map((claim) => claim.anomaly);
    return [anomaly, violated.sort()] as const;
  });
  return Object.fromEntries(await Promise.all(said));
};

describe('a witness', () => {
  it('stands for itself: what was said over the scenario is in its head', async () => {
    const late = history()
      .put('a', 0)
      .info()
      .put('a', 1)
      .ok(10)
      .page([
        [10, 'a', 1],
        [20, 'a', 0],
      ])
      .end().lines;
    const [head, ...rest] = late;
    if (head?.type !== 'head') throw new Error('a history begins with its head');
    const expected = { forbid: ['zombie-append'] } as const;
    const scenario = { expect: { forbid: ['zombie-append', 'duplicate'] } };
    const rules = { question: 'pipeline', expect: expected } as const;
    const judged = await checkHistory([{ ...head, scenario }, ...rest], rules);
    const source = [{ ...head, scenario: { expect: { allow: ['zombie-append'], forbid: ['duplicate'] } } }, ...rest];
    const { witnesses, failed } = await reduceHistory(source, judged, rules);
    expect(failed).toEqual([]);
    const [witness] = witnesses.filter(({ anomaly }) => anomaly === 'zombie-append');
    expect(witness?.lines[0]).toMatchObject({
      question: 'pipeline',
      scenario: { expect: { forbid: ['duplicate', 'zombie-append'] } },
    });
    expect(await checkHistory(witness?.lines ?? [])).toMatchObject({ verdict: 'violated' });
  });

  it('makes no fault of its own: a record keeps its puts where it would be a phantom without them', async () => {
    const made = history().put('b', 0).fail().put('b', 0).fail().put('a', 0).ok(10).put('a', 1).ok(20);
    const twice = made.page([
      [10, 'a', 0],
      [20, 'a', 1],
      [40, 'b', 0],
      [50, 'b', 0],
    ]);
    expect(await violatedBy(twice.end())).toEqual({
      duplicate: ['aborted-read', 'duplicate'],
      'aborted-read': ['aborted-read'],
    });
  });

  it('of what another finding would explain, were that one not to be found', async () => {
    const made = history({ scenario: { expect: { find: ['lost-write'] } } });
    made.put('a', 0).ok(10).put('a', 1).ok(20).put('a', 2).ok(30);
    const lost = made.page([
      [10, 'a', 0],
      [30, 'a', 2],
    ]);
    expect(await violatedBy(lost.end())).toEqual({
      'lost-write': ['poll-skip'],
      'poll-skip': ['poll-skip'],
    });
  });

  it.each(anomalyIds.map((id) => [id] as const))(
    'of %s shows it, breaks no other claim, and is a few lines',
    async (id) => {
      const mutation = allMutations.find(({ anomaly }) => anomaly === id);
      expect(mutation).toBeDefined();
      if (mutation === undefined) return;
      const { witness, size } = await witnessOf(mutation);
      expect(witness).toBeDefined();
      if (witness === undefined) return;
      const { claims, findings } = await checkHistory(witness.lines);
      expect(findings).toContainEqual(
        expect.objectContaining({ anomaly: id, expect: witness.finding.expect, explainedBy: null }),
      );
      const others = claims.filter(({ anomaly, verdict }) => anomaly !== id && verdict === 'violated');
      const known = companions[id]?.with ?? [];
      expect(others.map(({ anomaly }) => anomaly).filter((other) => !known.includes(other))).toEqual([]);
      expect(witness.events).toBeLessThanOrEqual(largest[id] ?? 8);
      expect(witness.lines.length).toBeLessThan(size);
    },
  );

  it('keeps what its records were in the whole history', async () => {
    const made = history();
    for (let n = 0; n < 20; n += 1) made.put('a', n).ok(10 + n);
    const lost = made.page(
      Array.from({ length: 20 }, (_, n) => [10 + n, 'a', n] as const).filter(([, , n]) => n !== 15),
    );
    const { lines } = lost.end();
    const { witnesses } = await reduceHistory(lines, await checkHistory(lines));
    const few = witnesses.find(({ anomaly }) => anomaly === 'lost-write')?.lines ?? [];
    type Item = { readonly n: number; readonly was: { readonly n: number; readonly line: number } };
    const items = few.flatMap((line): readonly unknown[] =>
      line.type === 'put' ? line.entries : line.type === 'page' ? (line.records ?? []) : [],
    ) as readonly Item[];
    expect(items.map(({ was }) => was.n)).toContain(15);
    expect(items.every(({ n, was }) => n === was.n)).toBe(true);
    for (const { was } of items) {
      const line = lines[was.line - 1];
      const own = line?.type === 'put' ? line.entries : line?.type === 'page' ? (line.records ?? []) : [];
      expect(own.map(({ n }) => n)).toContain(was.n);
    }
    const again = await reduceHistory(few, await checkHistory(few));
    const [kept] = again.witnesses;
    for (const line of kept?.lines ?? [])
      if (line.type === 'put')
        for (const entry of line.entries)
          expect(items.map(({ was }) => was)).toContainEqual((entry as unknown as Item).was);
  });

  it('keeps the failed attempt that explains a retry, also where line order is no sending order', async () => {
    const made = outOfOrder({ recorder: 'import', question: 'pipeline' });
    const { lines } = made.end();
    const { witnesses } = await reduceHistory(lines, await checkHistory(lines));
    const [few] = witnesses.filter(({ anomaly }) => anomaly === 'key-reorder');
    expect(few?.lines.filter(({ type }) => type === 'put')).toHaveLength(3);
  });

  it('is about the record that is reported first, and holds no checkpoint of another shard', async () => {
    const made = history({}, [lower(0), upper(1)]);
    for (let n = 0; n < 6; n += 1) made.put('a', n).ok(10 + n);
    made.page(Array.from({ length: 6 }, (_, n) => [10 + n, 'a', n] as const));
    made.reader('app', 'subject');
    const given = [0, 2, 1, 3, 5, 4].map((n) => [10 + n, 'a', n] as const);
    made.page(given, { reader: 'app', chain: 9, from: { type: 'TRIM_HORIZON' } });
    for (const seq of [14, 15])
      for (const index of [0, 1])
        made.lines.push({
          t: made.step(),
          type: 'subject',
          reader: 'app',
          event: 'checkpoint',
          shard: `shardId-00000000000${index}`,
          seq: String(seq),
        });
    const { lines } = made.end();
    const verdict = await checkHistory(lines);
    const first = verdict.findings.find(({ anomaly }) => anomaly === 'subject-reorder');
    const { witnesses } = await reduceHistory(lines, verdict);
    const few = witnesses.find(({ anomaly }) => anomaly === 'subject-reorder')?.lines ?? [];
    const [found] = (await checkHistory(few)).findings.filter(({ anomaly }) => anomaly === 'subject-reorder');
    expect(found?.evidence).toEqual(first?.evidence);
    expect(few.filter(({ type }) => type === 'subject')).toEqual([]);
  });

  it('is the same for the same history', async () => {
    const mutation = allMutations.find(({ anomaly }) => anomaly === 'lost-write');
    const [one, other] = [await witnessOf(mutation as Mutation), await witnessOf(mutation as Mutation)];
    expect(one).toEqual(other);
  });
});
