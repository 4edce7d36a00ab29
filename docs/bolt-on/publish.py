"""Posts to a Sidestream room from Python: publish(redis_client, "lobby", "hello", user="alice")."""

import json
import pathlib
import unicodedata
import urllib.parse
import zlib

SCRIPT = (pathlib.Path(__file__).parent / "publish.lua").read_text()


def publish(client, room, message, user=""):
    """Returns the id that clients see. `client` is a redis.Redis of the Redis that Sidestream uses."""
    room = unicodedata.normalize("NFC", room)
    prefix = "ss:{p%d}:" % (zlib.crc32(room.encode()) % 16)
    name = urllib.parse.quote(room, safe="-._~")
    keys = [prefix + "meta:" + name, prefix + "room:" + name, prefix + "log", prefix + "life"]
    answer = client.eval(SCRIPT, len(keys), *keys, room, user, "", json.dumps(message))
    epoch, seq, entry = (part.decode() if isinstance(part, bytes) else part for part in answer[:3])
    return f"{entry}.{seq}.{epoch}"
