export type KeyActions = {
  readonly next: (step: number) => void;
  readonly finding: (step: number) => void;
  readonly theme: () => void;
};

/** `j` and `k` go through the list, `n` and `p` through the findings, `/` to the search; `t` changes the theme. */
export const onKey = (event: KeyboardEvent, { next, finding, theme }: KeyActions): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement | null;
  const isTyping =
    target !== null && (target.tagName === 'INPUT' || target.tagName === 'SELECT' || target.tagName === 'TEXTAREA');
  if (isTyping) {
    if (event.key === 'Escape') target.blur();
    return;
  }
  const actions: Readonly<Record<string, () => void>> = {
    j: () => next(1),
    k: () => next(-1),
    n: () => finding(1),
    p: () => finding(-1),
    t: theme,
    '/': () => document.querySelector<HTMLInputElement>('#q')?.focus(),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
};
