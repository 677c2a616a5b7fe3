export type SqlOptions = {
  /** A folder of histories, or one of them: a path or an address that Spark reads. */
  readonly input: string;
  readonly output: string;
  readonly parts: number;
  readonly pieceMb: number;
  /** The command that starts this program on the executors. */
  readonly command: string;
  /** The judging rules, in the form of `spark-step --rules`. */
  readonly rules: string;
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const tabbed = "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'";

/** The statements of a Spark SQL job that judges histories in parts. */
export const sqlOf = ({ input, output, parts, pieceMb, command, rules }: SqlOptions): string => {
  const folder = output.replace(/\/+$/, '');
  const at = (name: string): string => quoted(`${folder}/${name}`);
  const step = (name: string, from: string, columns: string): string =>
    `SELECT TRANSFORM (${from}) ${tabbed} USING ${quoted(`${command} spark-step ${name}`)} AS (${columns}) ${tabbed}`;
  return `-- Judges histories with Spark. Written by kinesis-order spark-sql; see docs/scale.md.
-- Spark has to cut the files into the same pieces each time that it reads them.
SET spark.sql.files.maxPartitionBytes=${pieceMb * 1024 * 1024};
SET spark.sql.files.minPartitionNum=1;

CREATE OR REPLACE TEMPORARY VIEW history_lines USING text OPTIONS (path ${quoted(input)}, lineSep '\\n');

-- 1. Each piece of a file says which shards and keys it has met together. From that: the part of each of them.
INSERT OVERWRITE DIRECTORY ${at('plan')} USING text
${step(`plan --parts ${parts}`, 'file, at, facts', 'value STRING')}
FROM (
  SELECT * FROM (
    ${step('survey', 'file, at, line', 'file STRING, at BIGINT, facts STRING')}
    FROM (SELECT input_file_name() AS file, input_file_block_start() AS at, value AS line FROM history_lines)
  ) DISTRIBUTE BY file SORT BY file, at
);
CREATE OR REPLACE TEMPORARY VIEW plans USING text OPTIONS (path ${at('plan')}, lineSep '\\n');

-- 2. Each line goes to its part, each part is judged, and the summaries of the parts of a file are merged.
INSERT OVERWRITE DIRECTORY ${at('merged')} USING text
${step(`merge --rules ${rules}`, 'file, part, kind, line, items, text', 'value STRING')}
FROM (
  SELECT * FROM (
    ${step('judge', 'file, part, line, items, text', 'file STRING, part INT, kind STRING, line BIGINT, items STRING, text STRING')}
    FROM (
      SELECT * FROM (
        ${step('route', 'plans, file, at, line', 'file STRING, part INT, line BIGINT, items STRING, text STRING')}
        FROM (
          -- The first row of each task has the plans: the low 33 bits of this number count the rows of a task.
          SELECT IF((monotonically_increasing_id() & 8589934591) = 0,
              (SELECT concat('[', concat_ws(',', collect_list(value)), ']') FROM plans), '') AS plans,
            input_file_name() AS file, input_file_block_start() AS at, value AS line
          FROM history_lines
        )
      ) DISTRIBUTE BY file, part SORT BY file, part, line
    )
  ) DISTRIBUTE BY file SORT BY file, part, kind, line
);

-- 3. A file that cannot be judged in parts is judged in one task.
CREATE OR REPLACE TEMPORARY VIEW merged USING text OPTIONS (path ${at('merged')}, lineSep '\\n');
INSERT OVERWRITE DIRECTORY ${at('verdict')} USING text
SELECT value FROM merged WHERE get_json_object(value, '$.whole') IS NULL
UNION ALL
SELECT value FROM (
  ${step(`whole --rules ${rules}`, 'file, line', 'value STRING')}
  FROM (
    SELECT * FROM (
      SELECT input_file_name() AS file, input_file_block_start() AS at,
        monotonically_increasing_id() AS row, value AS line
      FROM history_lines
    ) WHERE file IN (
      SELECT get_json_object(value, '$.file') FROM merged WHERE get_json_object(value, '$.whole') IS NOT NULL
    )
    DISTRIBUTE BY file SORT BY file, at, row
  )
);
-- kinesis-order merge-reports ${folder}/verdict
`;
};
