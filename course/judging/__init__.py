"""Judge: the answer in a sandbox, its checks outside, data between them."""
