"""A learner's side: work/, check(), JupyterLab, what the machine can do."""
