# tries: os._exit(0) while being imported | expect: EXITED | holds: status 0 is not a pass
import os

os._exit(0)
