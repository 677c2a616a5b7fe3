"""The same as a program: an event a line, an answer a line. The function below is the Lambda handler, unchanged."""
import base64
import json
import sys


def handler(event, context=None):
    for record in event["Records"]:
        number = record["kinesis"]["sequenceNumber"]
        try:
            data = base64.b64decode(record["kinesis"]["data"]).decode()
            json.loads(data.split("\n")[0])
        except ValueError:
            return {"batchItemFailures": [{"itemIdentifier": number}]}
    return {"batchItemFailures": []}


for line in sys.stdin:
    try:
        answer = handler(json.loads(line))
    except Exception as error:
        answer = {"errorType": type(error).__name__, "errorMessage": str(error)}
    print(json.dumps(answer), flush=True)
