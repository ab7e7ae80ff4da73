"""What inspectors see and do: the queue, the case, and one page for each act of theirs."""
