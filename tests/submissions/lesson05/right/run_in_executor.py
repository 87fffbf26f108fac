# built: loop.run_in_executor with a pool of its own, a TaskGroup for run_both
import asyncio
from concurrent.futures import ThreadPoolExecutor


async def _all_of(tasks):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=len(tasks) or 1) as pool:
        futures = [loop.run_in_executor(pool, task) for task in tasks]
        if futures:
            await asyncio.wait(futures)
    return [future.result() for future in futures]


def run_all(tasks):
    return asyncio.run(_all_of(tasks))


def wait_at_most(thread, seconds):
    thread.join(timeout=seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    async def both():
        async with asyncio.TaskGroup() as group:
            for call in (work, sleep):
                group.create_task(asyncio.to_thread(call))

    asyncio.run(both())
    report("main thread finished")
