/** How much is printed about green scenarios: nothing, one line each, or everything. */
export type Detail = 'quiet' | 'normal' | 'verbose';
