"""The pages of meetings and tasks, one module per noun."""
