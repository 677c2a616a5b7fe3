/** How the reason begins, if an import noticed something that its files cannot decide. */
export const leftOpen = 'the import leaves it open: ';
