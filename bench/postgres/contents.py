"""What a database holds, asked by plain SQL and not by any of the tools."""

from concurrent.futures import ThreadPoolExecutor

TABLES = """
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
# Rows have no order, so the sum of their hashes stands for all of them.
ROWS = "SELECT '{table}', count(*), sum(('x' || left(md5(row::text), 16))::bit(64)::bigint::numeric) FROM {table} AS row;"
INDEXES = """
SELECT pg_get_indexdef(indexrelid), indisprimary, indisvalid FROM pg_index
 WHERE indrelid IN (SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace))
 ORDER BY 1;
"""


def query(server, database):
    """A count and a sum of md5 for each table."""
    tables = server.psql(database, TABLES).stdout.split("\n")
    return "\n".join(ROWS.format(table=table) for table in tables if table)


def of(server, database):
    return server.psql(database, query(server, database) + INDEXES).stdout


def sums(sides, database, query):
    """The sums of both sides, asked at the same time."""
    with ThreadPoolExecutor() as threads:
        return list(threads.map(lambda side: side.psql(database, query).stdout, sides))
