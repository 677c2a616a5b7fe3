/** Each call of the returned function gives the next whole number, `before` plus 1 first. */
export const counter = (before = 0): (() => number) => {
  let last = before;
  return () => {
    last += 1;
    return last;
  };
};
