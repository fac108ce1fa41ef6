"""`python -I -S bound.py PARENT COMMAND…` becomes the command, which the kernel then kills when the parent ends."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
# A parent that ended before the line above is not noticed any more.
if os.getppid() != int(sys.argv[1]):
    os.kill(os.getpid(), signal.SIGKILL)
# Python ignores it, and what is ignored stays so in the command.
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
os.execvp(sys.argv[2], sys.argv[2:])
