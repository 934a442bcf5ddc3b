"""Pages that reach through every app, and so belong to none."""
