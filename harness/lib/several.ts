/** A count with its noun: `1 scenario`, `1,597 gaps`. */
export const several = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
