#!/usr/bin/python3
"""Prints a line for every member that has no link any more, until it is stopped.

Arguments: Kafka's bootstrap address and the registry's URL. Needs Debian's python3-confluent-kafka
and python3-avro, or from PyPI: confluent-kafka and avro. Started again, it goes on where it was.
"""

import functools
import io
import json
import sys
import urllib.request

import avro.io
import avro.schema
from confluent_kafka import Consumer, KafkaError

BOOTSTRAP = sys.argv[1] if len(sys.argv) > 1 else "localhost:9092"
REGISTRY = sys.argv[2] if len(sys.argv) > 2 else "http://localhost:8080/registry"
HEADER_BYTES = 5  # Confluent wire format: 0x00, then the schema's id in 4 bytes, big-endian
REGISTRY_TIMEOUT_SECONDS = 10
POLL_SECONDS = 0.5


@functools.lru_cache
def reader(schema_id):
    url = f"{REGISTRY}/schemas/ids/{schema_id}"
    with urllib.request.urlopen(url, timeout=REGISTRY_TIMEOUT_SECONDS) as answer:
        return avro.io.DatumReader(avro.schema.parse(json.load(answer)["schema"]))


def decode(value):
    schema_id = int.from_bytes(value[1:HEADER_BYTES], "big")
    return reader(schema_id).read(avro.io.BinaryDecoder(io.BytesIO(value[HEADER_BYTES:])))


consumer = Consumer({
    "bootstrap.servers": BOOTSTRAP,
    "group.id": "isolated-alerts-python",
    "auto.offset.reset": "earliest",
    "isolation.level": "read_committed",
})
consumer.subscribe(["linkwright.topology"])
try:
    while True:
        message = consumer.poll(POLL_SECONDS)
        if message is None:
            continue
        if message.error():
            if message.error().code() != KafkaError._PARTITION_EOF:
                print(message.error(), file=sys.stderr)
            continue
        # A CloudEvents header names the event, so that others need not be decoded.
        if dict(message.headers())["ce_type"] == b"io.linkwright.MemberIsolated":
            event = decode(message.value())
            print(f"isolated: member {event['payload']['edge']} of group {event['group']},"
                  f" revision {event['revision']}", flush=True)
except KeyboardInterrupt:
    consumer.close()
