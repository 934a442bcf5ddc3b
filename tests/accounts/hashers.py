"""A password hasher that counts: how often a password was looked at, known name or not."""

from threading import Lock

from django.contrib.auth.hashers import MD5PasswordHasher

HASHERS = ["tests.accounts.hashers.CountingHasher"]


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    looks = 0
    lock = Lock()

    def encode(self, password, salt):
        with CountingHasher.lock:
            CountingHasher.looks += 1
        return super().encode(password, salt)

    def decode(self, encoded):
        algorithm, salt, hash_ = encoded.split("$", 2)
        return {"algorithm": algorithm, "hash": hash_, "salt": salt}


class Counted:
    """``with Counted() as counted: …`` then ``counted.looks``."""

    def __enter__(self):
        self.before = CountingHasher.looks
        return self

    def __exit__(self, *failure):
        self.looks = CountingHasher.looks - self.before
