"""Settings of the temporary Superset of first-clicks, on 127.0.0.1."""

import os

SECRET_KEY = os.environ["FIRST_CLICKS_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["SUPERSET_HOME"] + "/superset.db"
WTF_CSRF_ENABLED = False  # its only client is first_clicks.py
