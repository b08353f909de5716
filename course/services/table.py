"""The servers of the course, one row each: image, way without a container, readiness, credentials."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from course.services import answers, images, local
from course.services.images import Image
from course.services.local import Local, Place


@dataclass(frozen=True)
class Server:
    """How one product is had. `{password}` stands for a password made for each server.

    `environment`, `arguments` and `data` (the folder to keep in memory) are those of the image; `local` plans the server
    as a process, or returns None where its program is missing. `ready` raises until the server answers at its URL.
    A shared server gives each use a database and credentials of its own; one that is `lent` serves one use after the
    other, emptied between them; any other is started for each use.
    """

    name: str
    title: str
    image: Image
    port: int
    url: str
    ready: Callable[[str], object]
    local: Callable[[Place], Local | None]
    packages: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    data: str = ""
    memory: int = 512  # MiB
    seconds: float = 60
    shared: bool = False
    empty: Callable[[str], None] | None = None
    lent: bool = False


SERVERS = (
    Server(
        "postgres", "PostgreSQL", images.POSTGRES, 5432, "postgresql://course:{password}@{host}:{port}/postgres",
        answers.postgres, local.postgres, {"apt": "postgresql", "dnf": "postgresql-server", "brew": "postgresql@17"},
        {"POSTGRES_USER": "course", "POSTGRES_PASSWORD": "{password}", "POSTGRES_DB": "postgres"},
        ("postgres", *local.POSTGRES_SETTINGS), "/var/lib/postgresql/data", memory=1024, shared=True,
    ),
    Server(
        "mariadb", "MariaDB", images.MARIADB, 3306, "mariadb+pymysql://root:{password}@{host}:{port}/mysql",
        answers.mysql, local.mariadb, {"apt": "mariadb-server", "dnf": "mariadb-server", "brew": "mariadb"},
        {"MARIADB_ROOT_PASSWORD": "{password}"}, local.INNODB_SETTINGS, "/var/lib/mysql", shared=True,
    ),
    Server(
        "redis", "Redis", images.REDIS, 6379, "redis://:{password}@{host}:{port}/0",
        answers.redis, local.redis, {"apt": "redis-server", "dnf": "redis", "brew": "redis"},
        {}, ("redis-server", "--requirepass", "{password}", "--save", ""), "/data",
        empty=answers.empty_redis,
    ),
    Server(
        "memcached", "Memcached", images.MEMCACHED, 11211, "{host}:{port}",
        answers.memcached, local.memcached, {"apt": "memcached", "dnf": "memcached", "brew": "memcached"},
        empty=answers.empty_memcached,
    ),
    Server(
        "mysql", "MySQL", images.MYSQL, 3306, "mysql+pymysql://root:{password}@{host}:{port}/mysql",
        answers.mysql, local.mysql, {"brew": "mysql"},
        {"MYSQL_ROOT_PASSWORD": "{password}"}, local.INNODB_SETTINGS, "/var/lib/mysql", memory=1024, shared=True,
    ),
    Server(
        "mongodb", "MongoDB", images.MONGODB, 27017, "mongodb://{host}:{port}/boxoffice",
        answers.mongodb, local.mongodb, {}, data="/data/db", empty=answers.empty_mongodb,
    ),
    Server(
        "elasticsearch", "Elasticsearch", images.ELASTICSEARCH, 9200, "http://{host}:{port}",
        answers.elasticsearch, local.nothing, {},
        {"discovery.type": "single-node", "xpack.security.enabled": "false", "ES_JAVA_OPTS": "-Xms384m -Xmx384m"},
        data="/usr/share/elasticsearch/data", memory=1024, seconds=180, empty=answers.empty_elasticsearch, lent=True,
    ),
)  # fmt: skip
