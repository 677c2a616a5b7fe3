"""Tells kinesis-order what a consumer was given, one JSON line each. Without kinesis-order it does nothing."""
import base64
import json
import os
import sys
import threading
import urllib.request

_to = os.environ.get("KINESIS_ORDER_LINES", "")
_lock = threading.Lock()


def tell(type, shard, **fields):
    """start (at), done (seq or batch), failed, checkpoint (seq), discard (seq, to), lost, end."""
    if not _to:
        return
    line = (json.dumps({"type": type, "shard": shard, **fields}) + "\n").encode()
    with _lock:
        if _to.startswith("http"):
            urllib.request.urlopen(urllib.request.Request(_to, line, method="POST")).read()
        elif _to == "stdout":
            sys.stdout.flush()
            os.write(1, line)
        elif _to == "fd:3":
            os.write(3, line)
        else:
            with open(_to, "ab") as file:
                file.write(line)


def deliver(shard, records, **fields):
    """Records as boto3 gives them, before the application works on them."""
    data = [{"seq": r["SequenceNumber"], "key": r["PartitionKey"],
             "data": base64.b64encode(r["Data"]).decode()} for r in records]
    tell("deliver", shard, records=data, **fields)
