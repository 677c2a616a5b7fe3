/** An event that happens once; any number of callers can wait for it. */
export type Gate = { readonly open: () => void; readonly opened: Promise<void> };

export const gate = (): Gate => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
};
