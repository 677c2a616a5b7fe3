"""A test whose endpoint stands in its code, as many are written for LocalStack."""
import json

import boto3


def test_orders_of_a_customer_are_put():
    client = boto3.client("kinesis", endpoint_url="http://localhost:4566", region_name="eu-central-1")
    client.create_stream(StreamName="code-orders", ShardCount=1)
    client.get_waiter("stream_exists").wait(StreamName="code-orders", WaiterConfig={"Delay": 1})
    for seq in range(5):
        client.put_record(StreamName="code-orders", PartitionKey="alice", Data=json.dumps({"seq": seq}))
    client.delete_stream(StreamName="code-orders")
