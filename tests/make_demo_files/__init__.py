import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy reads it when imported; the film keeps each core busy with a process
