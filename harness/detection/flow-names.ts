import { Names } from '../lib/names.ts';
import { itemBit, type LineColumns } from '../model/line-columns.ts';

/** Returns a function that gives the producer and the key of every entry of a put that was scanned into columns. */
export const flowNames = (): ((hot: LineColumns) => readonly string[]) => {
  const names = new Names();
  const texts: string[] = [];
  const nameOf = ({ source }: LineColumns, start: number, end: number): string => {
    if (start < 0) return '';
    const id = names.idAt(source.words, start, end);
    return (texts[id] ??= names.name(id));
  };
  return (hot) => {
    const producer = nameOf(hot, hot.producer.start, hot.producer.end);
    return Array.from({ length: hot.count }, (_, item) => {
      const own = hot.hasAll(item, itemBit.producer)
        ? nameOf(hot, hot.producerStart[item] ?? 0, hot.producerEnd[item] ?? 0)
        : producer;
      return `${own}\n${nameOf(hot, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0)}`;
    });
  };
};
