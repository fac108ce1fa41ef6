"""
Runs the command of its arguments to its end and prints what that took. In a process of its own, and a small one: what a process is
started by counts into its peak memory.
"""

import json
import os
import sys
import time

began = time.time()
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, usage = os.wait4(process, 0)
took = {"began": began, "ended": time.time(), "code": os.waitstatus_to_exitcode(status)}
print(json.dumps(took | {"cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}))
