import { readTime } from './read-time.ts';

/** True if the names of the columns look like the values of a record: a time, a shard, a number. */
export const areValues = (names: readonly string[]): boolean => names.filter(isValue).length * 2 >= names.length;

const isValue = (name: string): boolean =>
  /^-?\d+(\.\d+)?$/.test(name) || /^shardId-\d{12}$/.test(name) || readTime(name) !== undefined;

/** True for a line that repeats the header: several tables were put behind each other. */
export const isHeader = (cells: readonly string[], names: readonly string[]): boolean =>
  cells.length === names.length && names.every((name, index) => cells[index]?.trim() === name);
