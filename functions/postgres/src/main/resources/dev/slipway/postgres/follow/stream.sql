CREATE SCHEMA IF NOT EXISTS slipway;
CREATE TABLE IF NOT EXISTS slipway.stream (
    name text PRIMARY KEY,
    place pg_lsn NOT NULL,
    carrier text NOT NULL DEFAULT ''
)
