"""A consumer as many are written: it lists the shards once, and never looks for the children of a split."""
import threading
import time

import boto3

from kinesis_order import deliver, tell

client = boto3.client("kinesis")


def read(shard):
    tell("start", shard, at="TRIM_HORIZON")
    iterator = client.get_shard_iterator(StreamName="orders", ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    while iterator:
        page = client.get_records(ShardIterator=iterator)
        if page["Records"]:
            deliver(shard, page["Records"])
        time.sleep(0.2)
        iterator = page.get("NextShardIterator")
    tell("end", shard)


readers = [threading.Thread(target=read, args=(shard["ShardId"],)) for shard in client.list_shards(StreamName="orders")["Shards"]]
for reader in readers:
    reader.start()
for reader in readers:
    reader.join()
while True:
    time.sleep(1)
