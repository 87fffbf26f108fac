# built: asyncio.gather over asyncio.to_thread, a default executor with a thread for each task
import asyncio
from concurrent.futures import ThreadPoolExecutor


async def _gathered(tasks):
    pool = ThreadPoolExecutor(max(1, len(tasks)))
    asyncio.get_running_loop().set_default_executor(pool)
    calls = [asyncio.to_thread(task) for task in tasks]
    return await asyncio.gather(*calls, return_exceptions=True)


def run_all(tasks):
    results = asyncio.run(_gathered(tasks))
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def wait_at_most(thread, seconds):
    thread.join(seconds)
    return not thread.is_alive()


def run_both(work, sleep, report):
    async def both():
        await asyncio.gather(asyncio.to_thread(work), asyncio.to_thread(sleep))

    asyncio.run(both())
    report("main thread finished")
