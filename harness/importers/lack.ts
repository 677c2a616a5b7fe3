/** What a source does not contain. The head of the history has these names, and the judge explains them. */
export type Lack = 'time' | 'shard' | 'number' | 'key' | 'counter' | 'unique-counter' | 'outcome' | 'call' | 'stored';
