"""Ray on this machine; slow, as it takes its time to start."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_ray = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # Ray's own, of its use of others
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None, reason="needs sayso[ray]"
    ),
]


@contextmanager
def two_nodes() -> Iterator[None]:
    """Make this process part of a cluster of two nodes with a processor each."""
    import ray
    from ray.cluster_utils import Cluster

    head = {"num_cpus": 1, "object_store_memory": 100_000_000, "include_dashboard": 0}
    found = Cluster(initialize_head=True, head_node_args=head)
    found.add_node(num_cpus=1, object_store_memory=100_000_000)
    ray.init(address=found.address, log_to_driver=False)
    yield
    ray.shutdown()
    found.shutdown()
