# tries: sys.exit(0) while being imported | expect: EXITED | holds: not a pass
import sys

sys.exit(0)
