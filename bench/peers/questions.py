"""The five questions that a team would ask of a history by hand, as SQL: loss, duplicates, order, gaps, sequence regression. Prints one line of JSON."""
import json
import resource
import sys
import time

import duckdb

path, threads = sys.argv[1], int(sys.argv[2])
started = time.perf_counter()
db = duckdb.connect()
db.execute(f"SET threads = {threads}")
db.execute(
    """
    CREATE TABLE lines AS SELECT * FROM read_json(?, format = 'newline_delimited', maximum_object_size = 268435456, columns = {
      t: 'BIGINT', type: 'VARCHAR', op: 'BIGINT', producer: 'VARCHAR', outcome: 'VARCHAR', reader: 'VARCHAR', chain: 'BIGINT', shard: 'VARCHAR',
      entries: 'STRUCT("key" VARCHAR, n BIGINT)[]', results: 'STRUCT(shard VARCHAR, seq VARCHAR)[]',
      records: 'STRUCT(seq VARCHAR, "key" VARCHAR, producer VARCHAR, n BIGINT)[]'})
    """,
    [path],
)
db.execute(
    """
    CREATE TABLE acked AS
    SELECT p.producer, e.key, e.n FROM (
      SELECT p.op, p.producer, unnest(p.entries) AS e, a.outcome FROM lines p JOIN lines a ON a.type = 'ack' AND a.op = p.op WHERE p.type = 'put') p
    WHERE outcome = 'ok';
    CREATE TABLE reads AS
    SELECT reader, chain, shard, t, place, r.seq, r.key, r.producer, r.n FROM (
      SELECT reader, chain, shard, t, unnest(records) AS r, generate_subscripts(records, 1) AS place FROM lines WHERE type = 'page');
    """
)
questions = {
    "loss": "SELECT count(*) FROM acked a WHERE NOT EXISTS (SELECT 1 FROM reads r WHERE r.producer = a.producer AND r.key = a.key AND r.n = a.n)",
    "duplicates": "SELECT count(*) FROM (SELECT producer, key, n FROM (SELECT DISTINCT producer, key, n, shard, seq FROM reads) GROUP BY ALL HAVING count(*) > 1)",
    "order": """SELECT count(*) FROM (SELECT n, max(n) OVER (PARTITION BY producer, key ORDER BY shard, length(seq), seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM reads) WHERE n < before""",
    "gaps": "SELECT count(*) FROM (SELECT n, lag(n) OVER (PARTITION BY producer, key ORDER BY n) AS before FROM (SELECT DISTINCT producer, key, n FROM reads)) WHERE n > before + 1",
    "regression": """SELECT count(*) FROM (SELECT seq, lag(seq) OVER (PARTITION BY reader, chain, shard ORDER BY t, place) AS before FROM reads) WHERE length(seq) < length(before) OR (length(seq) = length(before) AND seq <= before)""",
}
answers = {name: db.execute(sql).fetchone()[0] for name, sql in questions.items()}
print(json.dumps({"ms": (time.perf_counter() - started) * 1000, "rssMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000, "answers": answers}))
