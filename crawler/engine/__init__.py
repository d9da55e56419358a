"""Where work runs: crawls as processes of this machine, or crawls and reading on the machines of a Dask cluster.

Dask is imported only inside the functions that a cluster was asked of.
"""
