# built: asyncio: gather, run_in_executor, an executor for each number
import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from time import perf_counter


def divisors(number):
    return [i for i in range(1, number + 1) if number % i == 0]


def run_sequential(task, numbers):
    return [task(number) for number in numbers]


def run_threads(task, numbers):
    async def main():
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(max(1, len(numbers))) as pool:
            calls = [loop.run_in_executor(pool, task, number) for number in numbers]
            return list(await asyncio.gather(*calls))

    return asyncio.run(main())


async def in_a_process(task, number):
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=1) as pool:
        return await loop.run_in_executor(pool, task, number)


async def all_of_them(task, numbers):
    calls = [in_a_process(task, number) for number in numbers]
    return await asyncio.gather(*calls, return_exceptions=True)


def run_processes(task, numbers):
    results = asyncio.run(all_of_them(task, numbers))
    for number, result in zip(numbers, results):
        if isinstance(result, Exception):
            raise RuntimeError(f"task({number}) failed: {result!r}")
    return results


def compare(task, numbers):
    seconds = {}
    for name, run in (
        ("sequential", run_sequential),
        ("threads", run_threads),
        ("processes", run_processes),
    ):
        begin = perf_counter()
        run(task, numbers)
        seconds[name] = perf_counter() - begin
    return seconds


FASTEST_FOR_CPU = "processes"
FASTEST_FOR_IO = "threads"
