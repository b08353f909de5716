import os

os.write(2, b"BREACH: shadowed pytest\n")
