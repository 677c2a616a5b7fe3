/** The pause before each attempt but the first, milliseconds. It doubles with each attempt, up to `backOffMsMax`. */
export type BackOff = { readonly backOffMs: number; readonly backOffMsMax: number };

export const backOffOf = ({ backOffMs, backOffMsMax }: BackOff, attempt: number): number =>
  attempt < 2 ? 0 : Math.min(backOffMsMax, backOffMs * 2 ** (attempt - 2));
