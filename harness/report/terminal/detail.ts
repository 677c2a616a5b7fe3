/** How much is printed about green scenarios: nothing, one line each, or all. */
export type Detail = 'quiet' | 'normal' | 'verbose';
