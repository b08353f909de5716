import os

os.write(2, b"BREACH: sitecustomize of the student was loaded\n")
