"""A producer as many are written: one PutRecord after the other, each key with a counter of its own."""
import json

import boto3

client = boto3.client("kinesis")
for seq in range(50):
    for key in ("alice", "bob", "carol", "dave"):
        client.put_record(StreamName="orders", PartitionKey=key, Data=json.dumps({"seq": seq, "customer": key}))
