"""What boot.mjs does, for a function in Python.

python boot.py TASK_ROOT EVENT_FILE [--throttled]
"""
import importlib
import json
import os
import resource
import signal
import sys
import time

ANSWERS = 3


def cpu_ms():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return (usage.ru_utime + usage.ru_stime) * 1000


def peak_mb():
    """Linux counts in ru_maxrss what the process was before it became this program."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            line = next(one for one in status if one.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work):
    cpu, start = cpu_ms(), time.perf_counter()
    result = work()
    wall = (time.perf_counter() - start) * 1000
    return result, {"wallMs": wall, "cpuMs": cpu_ms() - cpu}


class Context:
    aws_request_id = "first"
    function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
    memory_limit_in_mb = 256
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:bench"


task_root, event_file, *mode = sys.argv[1:]
throttled = mode == ["--throttled"]
sys.path.insert(0, task_root)

module, load = timed(lambda: importlib.import_module(os.environ["_HANDLER"]))
with open(event_file, encoding="utf-8") as file:
    event = json.load(file)
if throttled:
    os.kill(os.getpid(), signal.SIGSTOP)
answer, first = timed(lambda: module.handler(event, Context()))
first["status"] = answer["statusCode"]
second = None
if not throttled:
    answer, second = timed(lambda: module.handler(event, Context()))
    second["status"] = answer["statusCode"]

line = {"load": load, "first": first, "second": second, "cpuMs": cpu_ms(), "peakMb": peak_mb()}
os.write(ANSWERS, (json.dumps(line) + "\n").encode())
