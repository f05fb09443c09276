"""Airflow as a service of one home: its set-up, its processes, a client. Starts Airflow, imports nothing of it."""
