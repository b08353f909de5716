import os

os.write(2, b"BREACH: usercustomize of the student was loaded\n")
