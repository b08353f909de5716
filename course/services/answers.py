"""One question to each product, through its official client: an exception says that the server is not ready yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

PATIENCE = 2.0  # seconds for one answer


def postgres(url: str) -> None:
    """Log in."""
    import psycopg

    psycopg.connect(url, connect_timeout=2).close()


def mysql(url: str) -> None:
    """Log in."""
    mysql_connection(url).close()


def mysql_connection(url: str) -> Any:
    """Return a connection by PyMySQL, which knows no URLs; every statement counts at once."""
    import pymysql

    at = urlsplit(url)
    return pymysql.connect(
        host=at.hostname, port=at.port or 3306, user=at.username, password=at.password or "",
        database=at.path.strip("/"), connect_timeout=2, autocommit=True,
    )  # fmt: skip


def redis(url: str) -> None:
    """Ping."""
    import redis as client

    with client.Redis.from_url(url, socket_timeout=PATIENCE) as connection:
        connection.ping()


def memcached(url: str) -> None:
    """Ask for the version."""
    from pymemcache import Client

    Client(url, connect_timeout=PATIENCE, timeout=PATIENCE).version()


def mongodb(url: str) -> None:
    """Ping."""
    from pymongo import MongoClient

    with MongoClient[Any](url, serverSelectionTimeoutMS=int(PATIENCE * 1000)) as client:
        client.admin.command("ping")


def elasticsearch(url: str) -> None:
    """Ask for the cluster's health; its shards are all there at yellow."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(url, request_timeout=PATIENCE, max_retries=0) as client:
        client.cluster.health(wait_for_status="yellow", timeout="1s")


def empty_redis(url: str) -> None:
    """Remove every key of every database, and every function and script."""
    import redis as client

    with client.Redis.from_url(url, socket_timeout=PATIENCE) as connection:
        connection.flushall()
        connection.function_flush()
        connection.script_flush()


def empty_memcached(url: str) -> None:
    """Remove every item."""
    from pymemcache import Client

    Client(url, connect_timeout=PATIENCE, timeout=PATIENCE).flush_all(noreply=False)


def empty_mongodb(url: str) -> None:
    """Remove every database but the server's own."""
    from pymongo import MongoClient

    with MongoClient[Any](url, serverSelectionTimeoutMS=int(PATIENCE * 1000)) as client:
        for name in client.list_database_names():
            if name not in ("admin", "config", "local"):
                client.drop_database(name)


def empty_elasticsearch(url: str) -> None:
    """Remove every index with its aliases, and every template."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(url) as client:
        for name in client.indices.get(index="*", expand_wildcards="all"):
            client.indices.delete(index=name)
        for each in client.indices.get_index_template()["index_templates"]:
            client.indices.delete_index_template(name=each["name"])
