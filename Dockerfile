# Clearbase with Airflow: one image for the api-server, the scheduler, the dag-processor, the triggerer and the workers.
FROM python:3.12-slim-bookworm

# The account that everything runs as. The same number owns the secret files (deploy/secrets.sh), or they cannot be read.
ARG CLEARBASE_UID=50000
RUN groupadd --gid "$CLEARBASE_UID" clearbase \
    && useradd --uid "$CLEARBASE_UID" --gid clearbase --create-home clearbase \
    && install -d -o clearbase -g clearbase -m 0700 /var/lib/clearbase \
    && install -d -o root -g root -m 0755 /srv/drop

# The lock is the whole closure with hashes, so nothing is resolved and nothing else can come in.
COPY requirements.lock /opt/clearbase/
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    -r /opt/clearbase/requirements.lock

COPY dags/ /opt/clearbase/dags/
COPY plugins/ /opt/clearbase/plugins/
COPY expectations/ /opt/clearbase/expectations/
COPY sql/ /opt/clearbase/sql/
RUN python -m compileall -q /opt/clearbase/dags /opt/clearbase/plugins

ENV PYTHONPATH=/opt/clearbase/plugins PYTHONUNBUFFERED=1 CLEARBASE_HOME=/var/lib/clearbase CLEARBASE_DROP=/srv/drop
USER clearbase
WORKDIR /opt/clearbase
CMD ["python", "-m", "clearbase", "status"]
