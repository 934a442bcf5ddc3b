"""An application of the tests' own: how their database is emptied."""
