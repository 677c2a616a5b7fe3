/** What takes lines one after the other answers this when it needs no other. Whatever else it answers, it goes on. */
export const enough = Symbol('enough');
