"""`kill -9` at every step of a mail's way, a thousand times: nothing is lost, sent twice, or stuck.

The test (test_killing) puts mail in (traffic) and looks what became of it (verdict). A fork server (workers) keeps real
workers running in processes of their own; each has a doom: the step (steps) at its n-th passing of which it kills itself,
or a moment at which the fork server does. Everything is real: processes, SIGKILL, database, HTTP.

Only waiting is shorter (scale): a lease of 90 s lasts 1 s, so that what a dead worker held is taken up soon.
"""
