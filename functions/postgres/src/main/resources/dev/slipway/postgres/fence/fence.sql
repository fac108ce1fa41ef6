CREATE SCHEMA IF NOT EXISTS slipway;
CREATE TABLE IF NOT EXISTS slipway.fence (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    token text NOT NULL,
    nonce text NOT NULL,
    earlier_setting text,
    lifted boolean NOT NULL DEFAULT false
);
CREATE OR REPLACE FUNCTION slipway.refuse() RETURNS trigger LANGUAGE plpgsql AS $refuse$
BEGIN
    -- A stream of ours may come in behind the fence; of its changes only TRUNCATE fires a statement's triggers.
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity
                WHERE pid = pg_catalog.pg_backend_pid() AND backend_type LIKE 'logical replication%worker') THEN
        RETURN NULL;
    END IF;
    -- One that we carry ourselves says so, and its word is known to those only who may write to this schema.
    IF pg_catalog.current_setting('slipway.carrier', true) <> '' THEN
        IF EXISTS (SELECT 1 FROM slipway.stream WHERE carrier = pg_catalog.current_setting('slipway.carrier')) THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'cannot write to %.%: this database is being moved and is read-only until the move is over',
        quote_ident(TG_TABLE_SCHEMA), quote_ident(TG_TABLE_NAME)
        USING ERRCODE = 'read_only_sql_transaction', HINT = 'Slipway fenced it; reads go on.';
END
$refuse$
