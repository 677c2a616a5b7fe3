/** Length of the longest strictly ascending subsequence (patience sorting). */
export const longestAscent = (numbers: readonly number[]): number => {
  const tails: number[] = [];
  for (const number of numbers) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    tails[low] = number;
  }
  return tails.length;
};

/** How far the number that lies farthest from its place in ascending order is from it. */
export const displacementOf = (numbers: readonly number[]): number => {
  const order = numbers.map((_, index) => index).sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
  return order.reduce((largest, from, to) => Math.max(largest, Math.abs(from - to)), 0);
};
