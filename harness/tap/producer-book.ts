import { NumberTable } from './number-table.ts';

/**
 * Finds the producer of a record whose payload does not name it. While there is only one producer, nothing is stored.
 */
export class ProducerBook {
  readonly #names: string[] = [];
  readonly #places = new NumberTable();
  readonly #contents = new NumberTable();

  sent(producer: string, content: string): void {
    const index = this.#indexOf(producer);
    if (index > 0) this.#contents.set(content, index);
  }

  placed(producer: string, place: string): void {
    if (this.#names.length > 1) this.#places.set(place, this.#indexOf(producer));
  }

  /**
   * The producer of a record, by its place, else by its content. Otherwise the first producer, whose records were not
   * stored while it was the only one. undefined before the first put.
   */
  writerOf(place: string, content: string): string | undefined {
    return this.#names[this.#places.get(place) ?? this.#contents.get(content) ?? 0];
  }

  #indexOf(producer: string): number {
    const known = this.#names.indexOf(producer);
    return known >= 0 ? known : this.#names.push(producer) - 1;
  }
}
