/**
 * What a source does not tell, by name. The names stand in the head of the history; the judge says in words what they
 * mean.
 */
export type Lack = 'time' | 'shard' | 'number' | 'key' | 'counter' | 'unique-counter' | 'outcome' | 'stored';
