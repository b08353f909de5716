"""Write the course: derive, execute, check, prove."""
