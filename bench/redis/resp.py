"""As much of Redis' protocol as filling and asking a server takes."""

import itertools
import socket

AT_ONCE = 5000


class RedisError(Exception):
    """What the server answered."""


def command(*words):
    parts = [b"*%d\r\n" % len(words)]
    for word in words:
        word = word if isinstance(word, bytes) else str(word).encode()
        parts.append(b"$%d\r\n%b\r\n" % (len(word), word))
    return b"".join(parts)


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=600)
        self.replies = self.socket.makefile("rb", 1 << 20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.replies.close()
        self.socket.close()

    def ask(self, *words):
        self.socket.sendall(command(*words))
        return self.reply()

    def send(self, commands):
        """Many commands, made with command(), without waiting for each one's reply."""
        commands = iter(commands)
        while batch := list(itertools.islice(commands, AT_ONCE)):
            self.socket.sendall(b"".join(batch))
            for _ in batch:
                self.reply()

    def reply(self):
        line = self.replies.readline()
        kind, rest = line[:1], line[1:-2]
        if kind == b"+":
            return rest.decode()
        if kind == b":":
            return int(rest)
        if kind == b"$":
            return None if rest == b"-1" else self.replies.read(int(rest) + 2)[:-2]
        if kind == b"*":
            return [self.reply() for _ in range(int(rest))]
        raise RedisError(rest.decode() or "it hung up")
