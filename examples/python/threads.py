"""A producer that loses order: eight threads send records of the same keys."""
import json
from concurrent.futures import ThreadPoolExecutor

import boto3

client = boto3.client("kinesis")


def put(record):
    client.put_record(StreamName="orders", PartitionKey=record["customer"], Data=json.dumps(record))


records = [{"seq": seq, "customer": key} for seq in range(50) for key in ("alice", "bob", "carol", "dave")]
with ThreadPoolExecutor(8) as pool:
    list(pool.map(put, records))
