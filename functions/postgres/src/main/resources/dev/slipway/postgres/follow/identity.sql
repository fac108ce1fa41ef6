CREATE SCHEMA IF NOT EXISTS slipway;
CREATE TABLE IF NOT EXISTS slipway.identity (
    relation text PRIMARY KEY,
    earlier text NOT NULL
)
