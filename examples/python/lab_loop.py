"""The workshop's first lab, in our own words: an endless loop of taxi rides, one PutRecord a ride, each ride id a partition key of its own."""
import datetime
import json
import random

import boto3

stream = "input_stream"
client = boto3.client("kinesis", region_name="ap-southeast-1")
places = ["-73.9817,40.7191", "-73.9850,40.7471", "-73.9733,40.7640", "-74.0053,40.7286", "-73.9539,40.7752"]

count = 0
while True:
    count += 1
    ride_id = f"id{random.randint(1665586, 8888888)}"
    pickup = datetime.datetime.now()
    dropoff = pickup + datetime.timedelta(minutes=random.randint(30, 100))
    start, end = random.choice(places).split(","), random.choice(places).split(",")
    ride = {
        "id": ride_id,
        "vendorId": random.randint(1, 2),
        "pickupDate": pickup.isoformat(),
        "dropoffDate": dropoff.isoformat(),
        "passengerCount": random.randint(1, 9),
        "pickupLongitude": start[0],
        "pickupLatitude": start[1],
        "dropoffLongitude": end[0],
        "dropoffLatitude": end[1],
        "tripDuration": random.randint(8, 10000),
    }
    client.put_record(StreamName=stream, Data=json.dumps(ride), PartitionKey=ride_id)
    print(f"rides sent: {count}")
