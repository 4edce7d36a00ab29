"""A site as many are: Django's own login, its sessions in Django's Redis cache. It knows nothing of Sidestream.

PORT, REDIS_URL and ENGINE (cache or cached_db) come from the environment.
"""

import os
import sys
import tempfile

import django
from django.conf import settings

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
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": os.environ.get("REDIS_URL", "redis://127.0.0.1:6379"),
        }
    },
    SESSION_ENGINE="django.contrib.sessions.backends." + os.environ.get("ENGINE", "cache"),
    USE_TZ=True,
)
django.setup()

from django.contrib.auth import authenticate, login, logout  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command, execute_from_command_line  # noqa: E402
from django.http import HttpResponse, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


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


def sign_out(request):
    logout(request)
    return HttpResponse("bye")


urlpatterns = [
    path("", page),
    path("login", sign_in),
    path("whoami", whoami),
    path("logout", sign_out),
]

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    for name, password in {"alice": "wonderland", "bob": "builder"}.items():
        User.objects.create_user(name, password=password)
    address = "127.0.0.1:" + os.environ.get("PORT", "8000")
    execute_from_command_line([sys.argv[0], "runserver", "--noreload", address])
