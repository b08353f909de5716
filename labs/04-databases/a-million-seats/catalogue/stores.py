"""Connections to the six stores; each is made at its first use."""

from __future__ import annotations

import functools
import os
from typing import Any

import psycopg_pool
import pymysql
import redis as redis_client
from elasticsearch import Elasticsearch
from pymemcache.client.base import PooledClient
from pymongo import MongoClient

PASSWORD = os.environ["STORE_PASSWORD"]
POSTGRES = f"postgresql://course:{PASSWORD}@postgres/boxoffice"


@functools.cache
def postgres() -> psycopg_pool.ConnectionPool[Any]:
    """Return the pool of connections to PostgreSQL: venues' events, seats, customers, orders."""
    return psycopg_pool.ConnectionPool(POSTGRES, min_size=2, max_size=10, timeout=20, open=True)


def mariadb() -> pymysql.Connection[Any]:
    """Return a new connection to MariaDB, where the ledger of the accountants lives."""
    return pymysql.connect(host="mariadb", user="root", password=PASSWORD, database="ledger")


@functools.cache
def mongodb() -> Any:
    """Return MongoDB's database with what is known of venues."""
    return MongoClient[Any]("mongodb", serverSelectionTimeoutMS=5_000).catalogue


@functools.cache
def redis() -> redis_client.Redis:
    """Return the client of Redis: who holds which seat."""
    return redis_client.Redis(host="redis", decode_responses=True)


@functools.cache
def elasticsearch() -> Elasticsearch:
    """Return the client of Elasticsearch: what the search finds."""
    return Elasticsearch("http://elasticsearch:9200", request_timeout=3, max_retries=0)


@functools.cache
def memcached() -> PooledClient:
    """Return the client of Memcached: venues as they were read last."""
    return PooledClient("memcached", max_pool_size=10, connect_timeout=1, timeout=1)
