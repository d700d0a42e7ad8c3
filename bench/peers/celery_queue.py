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
app.conf.update(worker_hijack_root_logger=False, broker_connection_retry_on_startup=True, task_acks_late=True,
                worker_redirect_stdouts=False)
results = redis.Redis(port=int(PORT), db=1)
PAYLOAD = os.environ["BENCH_PAYLOAD"]


@app.task
def job(payload, millis, number):
    started = time.time()
    if millis:
        time.sleep(millis / 1000)
    if os.environ.get("BENCH_TALLY"):
        print(f"done {number}", flush=True)
    return started


def command(concurrency):
    return [sys.executable, "-m", "celery", "-A", "celery_queue", "worker", "-c", str(concurrency), "-l", "ERROR",
            "--without-gossip", "--without-mingle", "--without-heartbeat"]


def worker(concurrency):
    return subprocess.Popen(command(concurrency), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=os.path.dirname(__file__))


def enqueue(jobs, millis=0, at_once=1):
    """One after the other, whatever is asked for: its client is a thread."""
    began = time.perf_counter()
    for number in range(jobs):
        job.delay(PAYLOAD, millis, number)
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


def idle(jobs, apart):
    running = worker(1)
    job.delay(PAYLOAD, 0, 0).get(timeout=60)
    took = []
    for _ in range(jobs):
        began = time.time()
        took.append((job.delay(PAYLOAD, 0, 0).get(timeout=60) - began) * 1000)
        time.sleep(apart / 1000)
    running.terminate()
    running.wait()
    took.sort()
    return f"{took[jobs // 2]} {took[int(jobs * 0.99)]}"


def tally(concurrency):
    """Becomes the worker, so that killing this process kills it."""
    os.environ["BENCH_TALLY"] = "1"
    os.chdir(os.path.dirname(os.path.abspath(__file__)))
    os.execv(sys.executable, command(concurrency))


if __name__ == "__main__":
    does = {"enqueue": enqueue, "work": work, "idle": idle, "tally": tally}
    print("ready", flush=True)
    for line in sys.stdin:
        what, *numbers = line.split()
        print(does[what](*map(int, numbers)), flush=True)
