#!/usr/bin/python3
"""libcurl's multi interface as a contender: obeys the same lines as the JVM ones (see Entrant.java).

Arguments: origin, certificate or -, connections, depth, H1 or H2. libcurl does not pipeline; with H2 depth is streams.
"""
import sys
import time
import zlib

import pycurl

LIST = 999999
ITEMS = 1000


class Client:
    def __init__(self, origin, certificate, connections, depth, http2):
        self.origin = origin
        self.multi = pycurl.CurlMulti()
        self.multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, connections)
        self.multi.setopt(pycurl.M_MAX_HOST_CONNECTIONS, connections)
        self.multi.setopt(pycurl.M_PIPELINING, 2 if http2 else 0)
        self.handles = []
        for _ in range(connections * depth):
            curl = pycurl.Curl()
            curl.setopt(pycurl.NOSIGNAL, 1)
            if http2:
                curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
                curl.setopt(pycurl.PIPEWAIT, 1)
            if certificate != "-":
                curl.setopt(pycurl.CAINFO, certificate)
            self.handles.append(curl)

    def run(self, how, wants_list, count):
        tally = [0, 0, 0, 0]
        if wants_list:
            self.round(how, iter([LIST]), tally)
        self.round(how, (i % ITEMS for i in range(count)), tally)
        answers, failures, size, checksum = tally
        return answers, failures, 0, size, (checksum + 2**63) % 2**64 - 2**63

    def round(self, how, items, tally):
        multi = self.multi
        free = list(self.handles)
        under = 0
        while True:
            while free:
                item = next(items, None)
                if item is None:
                    break
                curl = free.pop()
                curl.item = item
                curl.parts = []
                curl.setopt(pycurl.URL, "%s/%s/%06d" % (self.origin, how, item))
                curl.setopt(pycurl.WRITEFUNCTION, curl.parts.append)
                multi.add_handle(curl)
                under += 1
            if under == 0:
                return
            multi.perform()
            more = 1
            ended = False
            while more:
                more, good, bad = multi.info_read()
                for curl in good:
                    body = b"".join(curl.parts)
                    tally[0] += 1
                    tally[2] += len(body)
                    tally[3] += zlib.crc32(body) * (2 * curl.item + 1)
                tally[1] += len(bad)
                for curl in good + [handle for handle, _, _ in bad]:
                    multi.remove_handle(curl)
                    free.append(curl)
                    under -= 1
                    ended = True
            if not ended:
                multi.select(1.0)


def main():
    origin, certificate, connections, depth, protocol = sys.argv[1:6]
    client = Client(origin, certificate, int(connections), int(depth), protocol == "H2")
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            start = time.monotonic_ns()
            result = client.run(words[1], words[2] == "list", int(words[3]))
            print("ran", time.monotonic_ns() - start, *result, flush=True)
        else:
            print(0, flush=True)


main()
