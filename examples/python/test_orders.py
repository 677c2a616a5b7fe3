"""A test as the documentation of boto3 and pytest would have it: a stream of its own, some records, and what a reader gets."""
import json

import boto3
import pytest

STREAM = "test-orders"


@pytest.fixture
def kinesis():
    client = boto3.client("kinesis")
    client.create_stream(StreamName=STREAM, ShardCount=1)
    client.get_waiter("stream_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1})
    yield client
    client.delete_stream(StreamName=STREAM)
    client.get_waiter("stream_not_exists").wait(StreamName=STREAM, WaiterConfig={"Delay": 1})


def read_all(client):
    shard = client.list_shards(StreamName=STREAM)["Shards"][0]["ShardId"]
    start = client.get_shard_iterator(StreamName=STREAM, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    return client.get_records(ShardIterator=start["ShardIterator"])["Records"]


def test_orders_are_read_in_the_order_in_which_they_were_put(kinesis):
    for seq in range(5):
        kinesis.put_record(StreamName=STREAM, PartitionKey="alice", Data=json.dumps({"seq": seq}))
    assert [json.loads(record["Data"])["seq"] for record in read_all(kinesis)] == [0, 1, 2, 3, 4]


def test_a_batch_is_stored_as_a_whole(kinesis):
    batch = [{"PartitionKey": "bob", "Data": json.dumps({"seq": seq})} for seq in range(10)]
    answer = kinesis.put_records(StreamName=STREAM, Records=batch)
    assert answer["FailedRecordCount"] == 0
    assert len(read_all(kinesis)) == 10
