/** A handler of lines returns this if it needs no further line. With any other value it gets the next one. */
export const enough = Symbol('enough');
