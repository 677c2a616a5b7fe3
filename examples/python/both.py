"""Writes and reads in one process, as a test does."""
import json

import boto3

from kinesis_order import deliver, tell

client = boto3.client("kinesis")
for seq in range(20):
    for key in ("alice", "bob"):
        client.put_record(StreamName="orders", PartitionKey=key, Data=json.dumps({"seq": seq}))
for shard in (found["ShardId"] for found in client.list_shards(StreamName="orders")["Shards"]):
    tell("start", shard, at="TRIM_HORIZON")
    iterator = client.get_shard_iterator(StreamName="orders", ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    behind = 1
    while behind > 0:
        page = client.get_records(ShardIterator=iterator)
        deliver(shard, page["Records"])
        iterator, behind = page["NextShardIterator"], page["MillisBehindLatest"]
