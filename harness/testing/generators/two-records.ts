import { type History, history } from './history-builder.ts';

type Head = Parameters<typeof history>[0];

/** Two records of one key, put, acknowledged and read in order: the smallest history with kept order. */
export const inOrder = (): History =>
  history()
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .page([
      [10, 'a', 0],
      [20, 'a', 1],
    ]);

/** The first of the two failed, and was sent again after the second: the order is broken. */
export const outOfOrder = (head?: Head): History =>
  history(head)
    .put('a', 0)
    .fail()
    .put('a', 1)
    .ok(10)
    .put('a', 0)
    .ok(20)
    .page([
      [10, 'a', 1],
      [20, 'a', 0],
    ]);
