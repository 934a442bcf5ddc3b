"""How fast it is and how it grows: ``make bench``. A new module here is found by itself; see ``bench.measuring``."""
