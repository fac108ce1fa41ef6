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
    RAISE EXCEPTION 'cannot write to %.%: this database is being moved and is read-only until the move is over',
        quote_ident(TG_TABLE_SCHEMA), quote_ident(TG_TABLE_NAME)
        USING ERRCODE = 'read_only_sql_transaction', HINT = 'Slipway fenced it; reads go on.';
END
$refuse$
