"""What people do with boto3, one way a mode: python boto.py MODE [records] [keys]. Ends with a line of what it counted itself."""
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

mode = sys.argv[1]
records = int(sys.argv[2]) if len(sys.argv) > 2 else 200
keys = int(sys.argv[3]) if len(sys.argv) > 3 else 20
stream = os.environ.get("KINESIS_ORDER_STREAM", "orders")
# The wait for an answer is as short as this only where an answer is to come too late.
patience = {"read_timeout": 3} if mode == "impatient" else {}
client = boto3.client("kinesis", config=Config(max_pool_connections=16, **patience))
counted = {"sent": 0, "acknowledged": 0, "failedEntries": 0, "retries": 0}


def workload():
    """Records in the order of the application: the keys in turn, each with a counter from 0."""
    for n in range(records):
        key = f"key-{n % keys}"
        yield {"PartitionKey": key, "Data": json.dumps({"seq": n // keys, "order": key})}


def put(record, **more):
    counted["sent"] += 1
    answer = client.put_record(StreamName=stream, **record, **more)
    counted["acknowledged"] += 1
    counted["retries"] += answer["ResponseMetadata"]["RetryAttempts"]
    return answer["SequenceNumber"]


def puts(batch, resend):
    """PutRecords; `resend`: failed entries go into the next call, before anything newer."""
    while batch:
        counted["sent"] += len(batch)
        answer = client.put_records(StreamName=stream, Records=batch)
        counted["retries"] += answer["ResponseMetadata"]["RetryAttempts"]
        failed = [entry for entry, result in zip(batch, answer["Records"]) if "ErrorCode" in result]
        counted["failedEntries"] += len(failed)
        counted["acknowledged"] += len(batch) - len(failed)
        batch = failed if resend else []


if mode in ("put", "impatient"):
    for record in workload():
        put(record)
elif mode == "ordered":
    last = {}
    for record in workload():
        key = record["PartitionKey"]
        last[key] = put(record, **({"SequenceNumberForOrdering": last[key]} if key in last else {}))
elif mode in ("puts", "puts-leave"):
    all_records = list(workload())
    for start in range(0, len(all_records), 40):
        puts(all_records[start : start + 40], resend=mode == "puts")
elif mode == "threads":
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, workload()))
else:
    sys.exit(f"there is no mode {mode}")
print(json.dumps({"counted": counted}))
