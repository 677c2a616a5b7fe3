type Named = {
  readonly flow?: string | undefined;
  readonly idKey?: string | undefined;
  readonly key?: string | undefined;
};

/**
 * What an entry of a put or a record of a page is in order by, which is also a part of its identity: its flow, else
 * the key that its own identity names, else its key. Undefined if it has none.
 */
export const orderedBy = ({ flow, idKey, key }: Named): string | undefined => flow ?? idKey ?? key;
