"""Celery as a contender: for each line on standard input one line of answer. See Contender.java.

Redis is broker and result backend. Results are counted in the backend, which costs the worker nothing more.
"""
import os
import subprocess
import sys
import time

import redis
from celery import Celery

PORT = os.environ["BENCH_REDIS_PORT"]
URL = f"redis://127.0.0.1:{PORT}"
app = Celery("celery_queue", broker=f"{URL}/0", backend=f"{URL}/1")
app.conf.update(worker_hijack_root_logger=False, broker_connection_retry_on_startup=True, task_acks_late=True)
results = redis.Redis(port=int(PORT), db=1)
PAYLOAD = "x" * 1024


@app.task
def job(payload, millis, tell):
    started = time.time()
    if tell:
        with open(os.environ["BENCH_STARTS"], "a") as starts:
            starts.write(f"started {int(started * 1000)}\n")
    if millis:
        time.sleep(millis / 1000)
    return started


def worker(concurrency):
    command = [sys.executable, "-m", "celery", "-A", "celery_queue", "worker", "-c", str(concurrency), "-l", "ERROR",
               "--without-gossip", "--without-mingle", "--without-heartbeat"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=os.path.dirname(__file__))


def enqueue(jobs, millis=0):
    began = time.perf_counter()
    for _ in range(jobs):
        job.delay(PAYLOAD, millis, False)
    return time.perf_counter() - began


def work(jobs, millis, concurrency):
    running = worker(concurrency)
    first = None
    while True:
        done = results.dbsize()
        if done and first is None:
            first, had = time.perf_counter(), done
        if done >= jobs:
            took = time.perf_counter() - first
            break
        time.sleep(0.002)
    running.terminate()
    running.wait()
    # What was done before the first look is not in the time.
    return took * jobs / max(1, jobs - had)


def idle(jobs):
    running = worker(1)
    job.delay(PAYLOAD, 0, False).get(timeout=60)
    took = []
    for _ in range(jobs):
        began = time.time()
        took.append((job.delay(PAYLOAD, 0, False).get(timeout=60) - began) * 1000)
        time.sleep(0.005)
    running.terminate()
    running.wait()
    took.sort()
    return f"{took[jobs // 2]} {took[int(jobs * 0.99)]}"


if __name__ == "__main__":
    does = {"enqueue": enqueue, "work": work, "idle": idle}
    print("ready", flush=True)
    for line in sys.stdin:
        what, *numbers = line.split()
        print(does[what](*map(int, numbers)), flush=True)
