"""How much memory the process holds beyond what it uses, where its allocator is that of glibc.

Every run of a script is a thread of its own. glibc gives threads up to eight arenas a core, and
what was freed in one of them is of no use to the others. Arrow has a pool of its own, which keeps
what it had: 15 MB after the bundled release is read.
"""

import ctypes

import pyarrow as pa

ARENAS = 2
_M_ARENA_MAX = -8  # malloc.h
_LIBC = ctypes.CDLL(None)


def be_sparing() -> None:
    """Let Arrow and all threads share a few arenas; before there are many threads."""
    pa.set_memory_pool(pa.system_memory_pool())
    if hasattr(_LIBC, "mallopt"):
        _LIBC.mallopt(_M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give back to the system what is free."""
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)
