"""`kill -9` at every step of a mail's way, a thousand times: nothing is lost, sent twice, or stuck; `make faults`: 10,000.

The test (test_killing) puts mail in (traffic) and looks what became of it (verdict). Fork servers (forks, crew) keep real
workers and receivers of webhooks running in processes of their own; each has a doom: the step (steps) at whose n-th
passing it kills itself, or a moment at which the fork server does. All is real: processes, SIGKILL, database, HTTP.

Only waiting is shorter (scale): a lease of 90 s lasts 1 s, so that what a dead worker held is taken up soon.
"""
