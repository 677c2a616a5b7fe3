"""A producer that is handed its records: a JSON line each on standard input, and a line for what became of it on standard output."""
import base64
import json
import os
import sys

import boto3

client = boto3.client("kinesis")
for line in sys.stdin:
    record = json.loads(line)
    told = {"n": record["n"], "key": record["key"]}
    try:
        data = base64.b64decode(record["data"])
        client.put_record(StreamName=os.environ["KINESIS_ORDER_STREAM"], PartitionKey=record["key"], Data=data)
        print(json.dumps({"type": "done", **told}), flush=True)
    except Exception as error:
        print(json.dumps({"type": "failed", "message": str(error), **told}), flush=True)
