"""A consumer that follows the shards: parents before children, until it is ended. Two lines tell what it was given."""
import sys
import threading
import time

import boto3

from kinesis_order import deliver, tell

client = boto3.client("kinesis")
stream = sys.argv[1] if len(sys.argv) > 1 else "orders"
begun, ended = set(), set()


def read(shard):
    tell("start", shard, at="TRIM_HORIZON")
    begin = {"StreamName": stream, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
    iterator = client.get_shard_iterator(**begin)["ShardIterator"]
    while iterator:
        page = client.get_records(ShardIterator=iterator, Limit=100)
        if page["Records"]:
            deliver(shard, page["Records"])
            for record in page["Records"]:
                pass  # the application's work
        else:
            time.sleep(0.2)
        iterator = page.get("NextShardIterator")
    tell("end", shard)
    ended.add(shard)


while True:
    shards = client.list_shards(StreamName=stream)["Shards"]
    names = {shard["ShardId"] for shard in shards}
    for shard in shards:
        parents = {shard.get("ParentShardId"), shard.get("AdjacentParentShardId")} & names
        if shard["ShardId"] not in begun and parents <= ended:
            begun.add(shard["ShardId"])
            threading.Thread(target=read, args=(shard["ShardId"],), daemon=True).start()
    time.sleep(0.5)
