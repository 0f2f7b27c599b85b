"""What loop.mjs does, for a function in Python.

python loop.py TASK_ROOT EVENT_FILE
"""
import importlib
import json
import os
import sys
import time

ANSWERS = 3


class Context:
    aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
    function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:bench"


task_root, event_file = sys.argv[1:]
sys.path.insert(0, task_root)
handler = importlib.import_module(os.environ["_HANDLER"]).handler
with open(event_file, encoding="utf-8") as file:
    event = json.load(file)
context = Context()

for line in sys.stdin:
    count = int(line)
    cpu, start = time.process_time(), time.perf_counter()
    for _ in range(count):
        result = handler(event, context)
    wall = (time.perf_counter() - start) * 1e6 / count
    answer = {
        "cpuUs": (time.process_time() - cpu) * 1e6 / count,
        "wallUs": wall,
        "status": result["statusCode"],
        "bodyBytes": len(result["body"]),
    }
    os.write(ANSWERS, (json.dumps(answer) + "\n").encode())
