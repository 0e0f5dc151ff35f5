"""Settings of the temporary Superset of first-clicks, on 127.0.0.1."""

import os

SECRET_KEY = os.environ["FIRST_CLICKS_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["SUPERSET_HOME"] + "/superset.db"
WTF_CSRF_ENABLED = False  # its only clients are first_clicks.py and certified.py
VIZ_TYPE_DENYLIST = ["pivot_table_v2"]  # as docs/postgresql.md says: its totals add up whatever it shows
