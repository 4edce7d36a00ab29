"""A site as many are: Flask with Flask-Login, its sessions in Redis.

PORT, REDIS_URL and FORMAT (msgpack or json) come from the environment.
"""

import os

import redis
from flask import Flask, jsonify, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_session import Session

from publish import publish

USERS = {"alice": "wonderland", "bob": "builder"}

app = Flask(__name__)
app.config.update(
    SECRET_KEY="not-a-secret-outside-of-tests",
    SESSION_TYPE="redis",
    SESSION_REDIS=redis.from_url(os.environ.get("REDIS_URL", "redis://127.0.0.1:6379")),
    SESSION_SERIALIZATION_FORMAT=os.environ.get("FORMAT", "msgpack"),
)
Session(app)
logins = LoginManager(app)


class User(UserMixin):
    def __init__(self, name):
        self.id = name


@logins.user_loader
def load(name):
    return User(name) if name in USERS else None


@app.get("/")
def page():
    session["visits"] = session.get("visits", 0) + 1
    return "<form method=post action=/login><input name=username><input name=password></form>"


@app.post("/login")
def sign_in():
    name = request.form.get("username")
    if name is None or USERS.get(name) != request.form.get("password"):
        return "", 401
    login_user(User(name))
    return "hello " + name


@app.get("/whoami")
def whoami():
    if not current_user.is_authenticated:
        return "", 401
    return jsonify(id=current_user.id, name=current_user.id)


@app.post("/orders")
def order():
    publish(app.config["SESSION_REDIS"], "orders", "a new order", user=current_user.get_id())
    return "", 201


@app.post("/logout")
def sign_out():
    logout_user()
    return "bye"


if __name__ == "__main__":
    app.run("127.0.0.1", int(os.environ.get("PORT", "5000")))
