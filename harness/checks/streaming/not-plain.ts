/** Thrown where a history is not plain, with the reason: it is then judged whole. */
export class NotPlain extends Error {}

/** `false` ends the plain reading. */
export function mustBe(holds: boolean, what: string): asserts holds {
  if (!holds) throw new NotPlain(what);
}
