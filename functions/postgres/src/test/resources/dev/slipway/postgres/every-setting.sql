-- What a database itself may have that holds every-object.sql: grants, settings and a comment.
DO $database$
BEGIN
    EXECUTE format('COMMENT ON DATABASE %I IS %L', current_database(), 'all of the shop');
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO shop_write', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = shop, "$user", public', current_database());
    EXECUTE format('ALTER DATABASE %I SET work_mem = %L', current_database(), '65536');
    EXECUTE format('ALTER ROLE shop_app IN DATABASE %I SET lock_timeout = %L', current_database(), '5s');
    EXECUTE format('ALTER ROLE shop_app IN DATABASE %I SET default_transaction_isolation = %L', current_database(), 'repeatable read');
END
$database$;
