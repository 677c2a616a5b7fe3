"""Consumers as people write them, with boto3: python reader.py MODE [state file]. It counts what it gave and what it left."""
import json
import os
import pathlib
import sys
import threading
import time

import boto3

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "adapters"))
from kinesis_order import deliver, tell  # noqa: E402

mode = sys.argv[1]
state = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
stream = os.environ.get("KINESIS_ORDER_STREAM", "orders")
client = boto3.client("kinesis")
lock = threading.Lock()
saved = json.loads(state.read_text()) if state is not None and state.exists() else {}
is_again = bool(saved)
counted = {"given": 0, "left": 0}
child_given = threading.Event()
begun, ended = set(), {shard for shard, seq in saved.items() if seq == "SHARD_END"}


def checkpoint(shard, seq):
    saved[shard] = seq
    if state is not None:
        draft = state.with_suffix(".tmp")
        draft.write_text(json.dumps(saved))
        draft.replace(state)
    tell("checkpoint", shard, **({"at": seq} if seq == "SHARD_END" else {"seq": seq}))


def is_left(number):
    if mode == "head":
        return number <= 5
    if mode == "tail":
        return number > 150
    return mode == "drops" and 60 <= number < 70


def handle(shard, records):
    with lock:
        before = counted["given"] + counted["left"]
        kept = [record for index, record in enumerate(records) if not is_left(before + index + 1)]
        counted["given"] += len(kept)
        counted["left"] += len(records) - len(kept)
        if mode == "ahead":
            checkpoint(shard, records[-1]["SequenceNumber"])
        if kept:
            deliver(shard, kept)
        if mode != "ahead":
            checkpoint(shard, records[-1]["SequenceNumber"])
        sys.stderr.write(json.dumps({"counted": counted}) + "\n")


def read(shard, is_child):
    begin = {"StreamName": stream, "ShardId": shard}
    if is_again and mode == "forgets":
        at, begin["ShardIteratorType"] = "LATEST", "LATEST"
    elif shard in saved:
        at, begin["ShardIteratorType"], begin["StartingSequenceNumber"] = saved[shard], "AFTER_SEQUENCE_NUMBER", saved[shard]
    else:
        at, begin["ShardIteratorType"] = "TRIM_HORIZON", "TRIM_HORIZON"
    tell("start", shard, at=at)
    iterator = client.get_shard_iterator(**begin)["ShardIterator"]
    given, last = 0, None
    while iterator:
        # `eager`: a parent is so slow that a child is handled first.
        if mode == "eager" and not is_child and given >= 5:
            child_given.wait(60)
        try:
            page = client.get_records(ShardIterator=iterator, Limit=5 if mode == "eager" else 20)
        except client.exceptions.ExpiredIteratorException:
            if mode != "renews":
                raise
            if last is not None:
                begin |= {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "StartingSequenceNumber": last}
            iterator = client.get_shard_iterator(**begin)["ShardIterator"]
            continue
        if page["Records"]:
            last = page["Records"][-1]["SequenceNumber"]
            handle(shard, page["Records"])
            given += len(page["Records"])
            if is_child:
                child_given.set()
        else:
            time.sleep(0.1)
        iterator = page.get("NextShardIterator")
    checkpoint(shard, "SHARD_END")
    tell("end", shard)
    ended.add(shard)


while True:
    shards = client.list_shards(StreamName=stream)["Shards"]
    names = {shard["ShardId"] for shard in shards}
    for shard in shards if mode != "nothing" else []:
        parents = {shard.get("ParentShardId"), shard.get("AdjacentParentShardId")} & names
        if shard["ShardId"] not in begun | ended and (mode == "eager" or parents <= ended):
            begun.add(shard["ShardId"])
            threading.Thread(target=read, args=(shard["ShardId"], bool(parents)), daemon=True).start()
    if mode == "static":
        names = begun
        while True:
            time.sleep(1)
    time.sleep(0.3)
