/** What a person who meets an anomaly wants to know next. */
export type Causes = {
  /** What it usually comes from, the most frequent first. Where a public report shows it, it is named. */
  readonly causes: readonly string[];
  /** What to do, the first step first. */
  readonly todo: readonly string[];
};
