import os

os.write(2, b"BREACH: conftest of the student was loaded\n")


def pytest_runtest_makereport(item, call):
    pass
