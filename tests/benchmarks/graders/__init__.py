"""What tests/benchmarks/grading.py compares: one assignment, handed in by twenty, for three graders."""
