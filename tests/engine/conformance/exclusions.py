"""Which of CPython's suites are run, and which of their methods do not pass, with the reason."""

from .suites import Exclusion, Suite

FORKS = Exclusion("forks a process")
SIGNALS = Exclusion("needs signals")
INTERPRETERS = Exclusion("needs a subinterpreter")
C_INTERFACE = Exclusion("needs the C interface")
KEEPS_MODULES = Exclusion("the engine does not take the program's module apart at exit")

KEEPS_NOTES = Exclusion("what the program has just looked up is kept until it looks again")

THREADING = {
    "ThreadTests.test_no_refcycle_through_target": KEEPS_NOTES,
    "InterruptMainTests.test_interrupt_main_noerror": SIGNALS,
    "InterruptMainTests.test_interrupt_main_subthread": SIGNALS,
    "InterruptMainTests.test_interrupt_main_with_signal_handler": SIGNALS,
    "MiscTestCase.test_gh112826_missing__thread__is_main_interpreter": Exclusion(
        "takes a name out of the real _thread", since=(3, 12), before=(3, 13)
    ),
    "SubinterpThreadingTests.*": INTERPRETERS,
    "ThreadJoinOnShutdown.test_2_join_in_forked_process": FORKS,
    "ThreadJoinOnShutdown.test_3_join_in_forked_from_thread": FORKS,
    "ThreadJoinOnShutdown.test_clear_threads_states_after_fork": FORKS,
    "ThreadTests.test_*after_fork*": FORKS,
    "ThreadTests.test_acquire_daemon_thread_lock_in_finalization": Exclusion(
        KEEPS_MODULES.reason, since=(3, 14), is_backported=True
    ),
    "ThreadTests.test_finalize_daemon_thread_hang": Exclusion(
        C_INTERFACE.reason, since=(3, 12), is_backported=True
    ),
    "ThreadTests.test_fork_at_exit": Exclusion(FORKS.reason, before=(3, 12)),
    "ThreadTests.test_frame_tstate_tracing": C_INTERFACE,
    "ThreadTests.test_import_from_another_thread": Exclusion("the engine imports threading first"),
    "ThreadTests.test_join_daemon_thread_in_finalization": Exclusion(
        KEEPS_MODULES.reason,
        since=(3, 14),
        is_run=False,  # its loops would burn for ever
    ),
    "ThreadTests.test_join_finished_daemon_thread_in_finalization": Exclusion(
        KEEPS_MODULES.reason, since=(3, 14)
    ),
    "ThreadTests.test_join_nondaemon_on_shutdown": Exclusion("prints <built-in function sleep>"),
    "ThreadTests.test_lazy_import": Exclusion(
        "asks what a new interpreter has imported", since=(3, 14)
    ),
    "ThreadTests.test_locals_at_exit": KEEPS_MODULES,
    "ThreadTests.test_main_thread_during_shutdown": KEEPS_MODULES,
    "ThreadingExceptionTests.test_keyboard_interrupt_during_threading_shutdown": Exclusion(
        SIGNALS.reason, since=(3, 14), is_backported=True
    ),
    "ThreadingExceptionTests.test_print_exception_gh_102056": Exclusion(
        "burns until a signal comes", since=(3, 12), is_run=False
    ),
    "ThreadingExceptionTests.test_recursion_limit": Exclusion("starts a process"),
    "ThreadTests.test_start_new_thread_at_exit": Exclusion(
        "wants threads refused in exit functions, as in 3.12 alone", since=(3, 12), before=(3, 13)
    ),
    "ThreadTests.test_start_new_thread_at_finalization": Exclusion(
        KEEPS_MODULES.reason, since=(3, 13)
    ),
}

LOCAL = {
    "*.test_cycle_collection": KEEPS_NOTES,
    "PyThreadingLocalTest.test_local_refs": Exclusion("Thread objects are kept during the run"),
    "ThreadLocalTest.test_local_refs": Exclusion(
        "locals of an ended thread are freed with the real thread, soon", is_run=False
    ),
}

POOL = {
    "as_completed": {
        "ThreadPoolAsCompletedTest.test_free_reference_yielded_future": Exclusion(
            KEEPS_NOTES.reason, since=(3, 15)
        ),
    },
    "init": {},
    "shutdown": {
        "ThreadPoolShutdownTest.test_hang_gh94440": SIGNALS,
    },
    "thread_pool": {
        "ThreadPoolExecutorTest.test_free_reference": Exclusion(KEEPS_NOTES.reason, before=(3, 15)),
        "ThreadPoolExecutorTest.test_hang_global_shutdown_lock": FORKS,
        "ThreadPoolExecutorTest.test_process_fork_from_a_threadpool": Exclusion(
            FORKS.reason, since=(3, 12), is_backported=True
        ),
        "ThreadPoolExecutorTest.test_no_stale_references": KEEPS_NOTES,
    },
    "wait": {},
}

SUITES = [
    Suite(
        "test.test_threading",
        THREADING,
        traced=("InterruptMainTests.test_can_interrupt_tight_loops",),
    ),
    Suite(
        "test.test_thread",
        {
            "TestForkInThread.test_forkinthread": Exclusion(
                "forks a process, and waits for it", is_run=False
            )
        },
    ),
    Suite("test.test_threading_local", LOCAL),
    Suite(
        "test.test_queue",
        {"PySimpleQueueTest.test_references": KEEPS_NOTES},
        classes="Py*",  # the other classes get the interpreter's own queue, written in C
        traced=("*.test_many_threads*", "*.test_shutdown*_in_many_threads"),
        smaller={
            "N = 50": "N = 5",
            "range(10000)": "range(200)",
            "range(1000)": "range(50)",
            "1024*64": "256",
        },
    ),
    Suite("test.test_sched", {}),
    *(
        Suite(f"test.test_concurrent_futures.test_{name}", exclusions, classes="ThreadPool*")
        for name, exclusions in POOL.items()
    ),
    Suite("test.test_concurrent_futures.test_future", {}),
]
