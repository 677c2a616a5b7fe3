/** Texts as small integers, in the order in which they were first met. */
export class Interner {
  readonly names: string[] = [];
  readonly #ids = new Map<string, number>();

  id(name: string): number {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = this.names.length;
    this.#ids.set(name, id);
    this.names.push(name);
    return id;
  }

  /** -1 when it was never met. */
  find(name: string): number {
    return this.#ids.get(name) ?? -1;
  }

  name(id: number): string {
    return this.names[id] ?? '';
  }

  get size(): number {
    return this.names.length;
  }
}
