"""Runs several programs that share what they have imported: reading Python modules is most of the start of each."""
import gc
import os
import signal
import sys
from time import sleep


def import_quickly(imports):
    """Calls a function that imports, without looking for garbage again and again, of which imports make little."""
    gc.disable()
    result = imports()
    gc.freeze()
    gc.enable()
    return result


def run_together(programs):
    """Runs functions, each in a process of its own if there are several. When one of them ends, all do.

    Before it waits, if told so, for a file: imports need not wait for what the programs need."""
    while not os.path.exists(os.environ.get('TESTBED_WAIT_FOR', '/')):
        sleep(0.1)
    if len(programs) == 1:
        sys.exit(programs[0]())
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    for program in programs:
        if os.fork() == 0:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            # With the parent's file descriptor for epoll, each would wake up for the sockets of all.
            if 'eventlet' in sys.modules:
                sys.modules['eventlet'].hubs.use_hub()
            sys.exit(program())
    signal.sigwait({signal.SIGCHLD})
    os.killpg(0, signal.SIGTERM)
