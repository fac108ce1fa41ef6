-- Drops everything of a user's, except the schema slipway, which says that this is under way. The schema public itself stays: it is
-- not the user's, and making it anew would lose its owner. A transaction holds a lock on each thing that it drops, and a server has
-- not as many as a database may have tables or large objects: so there are many transactions.
DO $wipe$
DECLARE
    item record;
    unlinked int := 0;
BEGIN
    FOR item IN
        SELECT format('DROP %s IF EXISTS %I.%I CASCADE',
                      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                   WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
                      nspname, relname) AS statement
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'slipway')
           AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
           -- A sequence that belongs to an identity column goes with its table, and only so.
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')
         ORDER BY relkind = 'S'
    LOOP
        EXECUTE item.statement;
        COMMIT;
    END LOOP;
    FOR item IN
        SELECT nspname FROM pg_namespace n
         WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', 'slipway')
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', item.nspname);
        COMMIT;
    END LOOP;
    FOR item IN
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) AS statement
          FROM pg_proc p
         WHERE pronamespace = 'public'::regnamespace
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
    LOOP
        EXECUTE item.statement;
    END LOOP;
    FOR item IN
        SELECT format('DROP TYPE IF EXISTS public.%I CASCADE', typname) AS statement
          FROM pg_type t
         WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE item.statement;
    END LOOP;
    FOR item IN SELECT oid FROM pg_largeobject_metadata LOOP
        PERFORM lo_unlink(item.oid);
        unlinked := unlinked + 1;
        IF unlinked % 1000 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END
$wipe$
