"""A site as many are: Django's own login, its sessions in a Redis cache.

From the environment: PORT, REDIS_URL, ENGINE (cache, cached_db, or db for sessions that are not in Redis), COOKIE, CACHE (core for
Django's own Redis cache, or django-redis), and for django-redis SERIALIZER and COMPRESSOR.
"""

import os
import sys
import tempfile

import django
from django.conf import settings


def cache():
    location = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379")
    if os.environ.get("CACHE", "core") == "core":
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": location}
    return {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": location,
        "OPTIONS": {
            "SERIALIZER": "django_redis.serializers." + os.environ.get("SERIALIZER", "pickle.PickleSerializer"),
            "COMPRESSOR": "django_redis.compressors." + os.environ.get("COMPRESSOR", "identity.IdentityCompressor"),
        },
    }


settings.configure(
    DEBUG=False,
    SECRET_KEY="not-a-secret-outside-of-tests",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(tempfile.mkdtemp(), "site.sqlite3"),
        }
    },
    CACHES={"default": cache()},
    SESSION_ENGINE="django.contrib.sessions.backends." + os.environ.get("ENGINE", "cache"),
    SESSION_COOKIE_NAME=os.environ.get("COOKIE", "sessionid"),
    USE_TZ=True,
)
django.setup()

import redis  # noqa: E402
from django.contrib.auth import authenticate, login, logout  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command, execute_from_command_line  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

from publish import publish  # noqa: E402


def page(request):
    request.session["visits"] = request.session.get("visits", 0) + 1
    return HttpResponse("<form method=post action=/login><input name=username><input name=password></form>")


def sign_in(request):
    user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    if user is None:
        return HttpResponse(status=401)
    login(request, user)
    # Django keeps no name in the session; a site that wants one there adds this line.
    request.session["name"] = user.get_username()
    return HttpResponse("hello " + user.get_username())


def whoami(request):
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"id": request.user.pk, "name": request.user.get_username()})


rooms = redis.from_url(settings.CACHES["default"]["LOCATION"])


def order(request):
    publish(rooms, "orders", "a new order", user=request.user.get_username())
    return HttpResponse(status=201)


def sign_out(request):
    logout(request)
    return HttpResponse("bye")


urlpatterns = [
    path("", page),
    path("login", sign_in),
    path("whoami", whoami),
    path("orders", order),
    path("logout", sign_out),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    for name, password in {"alice": "wonderland", "bob": "builder"}.items():
        User.objects.create_user(name, password=password)
    address = "127.0.0.1:" + os.environ.get("PORT", "8000")
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", address])
