/** How much is told of what is green: nothing, a line each, or all. */
export type Detail = 'quiet' | 'normal' | 'verbose';
