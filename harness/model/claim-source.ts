/*
 * The `source` of a claim: words of AWS in quotes, or a rule of this tool. Where it says `: allowed`, nothing is
 * promised, and often a reason follows.
 */

/** A source without what stands behind `: allowed`; undefined if something is promised. */
export const allowedIn = (source: string): string | undefined => {
  const [words, isAllowed] = source.split(/: allowed\b/);
  return isAllowed === undefined ? undefined : words;
};

/** The heading above a source. */
export const sourceHeading = (source: string): string => {
  const isOfAws = /["“]/.test(source);
  if (allowedIn(source) !== undefined) return isOfAws ? 'What AWS says' : 'What is allowed';
  return isOfAws ? 'What AWS promises' : 'What is promised';
};
