"""The web server: processes with a few threads each (``gunicorn -c python:config.gunicorn config.wsgi``).

WSGI with threads, because a sync view under ASGI costs two to five times as much: docs/decisions/web-server.md.
"""

import os

bind = os.environ.get("BIND", "0.0.0.0:8000")
worker_class = "config.worker.Worker"
preload_app = True
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "info"
