"""The gate service: turnstiles send scans, it says who may enter, and keeps a journal of it."""
