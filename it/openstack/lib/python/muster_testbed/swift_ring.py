"""Writes a ring with one device into the current folder: swift_ring account|container|object ADDRESS PORT"""
import sys

from swift.common.ring import RingBuilder

kind, address, port = sys.argv[1:]
builder = RingBuilder(part_power=6, replicas=1, min_part_hours=1)
builder.add_dev({
    'id': 0, 'region': 1, 'zone': 1, 'device': 'disk', 'weight': 100.0, 'meta': '',
    'ip': address, 'port': int(port), 'replication_ip': address, 'replication_port': int(port),
})
builder.rebalance()
builder.get_ring().save(kind + '.ring.gz')
