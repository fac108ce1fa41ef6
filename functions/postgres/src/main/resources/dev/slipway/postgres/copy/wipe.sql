-- Drops everything of a user's, except the schema slipway, which says that this is under way. The schema public itself stays: it is
-- not the user's, and making it anew would lose its owner. A transaction holds a lock on each thing that it drops, and a server has
-- not as many as a database may have tables or large objects: so there are many transactions.
DO $wipe$
DECLARE
    item text;
    object oid;
    unlinked int := 0;
BEGIN
    FOR item IN SELECT format('DROP EVENT TRIGGER %I', evtname) FROM pg_event_trigger e
                 WHERE NOT EXISTS (SELECT 1 FROM pg_depend d
                                    WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e')
    LOOP
        EXECUTE item;
    END LOOP;
    FOR item IN SELECT format('DROP PUBLICATION %I', pubname) FROM pg_publication p
                 WHERE NOT EXISTS (SELECT 1 FROM pg_depend d
                                    WHERE d.classid = 'pg_publication'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE item;
    END LOOP;
    FOR item IN
        SELECT format('DROP %s IF EXISTS %I.%I CASCADE',
                      CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                   WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
                      nspname, relname)
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
        EXECUTE item;
        COMMIT;
    END LOOP;
    FOR item IN
        SELECT format('DROP SCHEMA IF EXISTS %I CASCADE', nspname) FROM pg_namespace n
         WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', 'slipway')
           AND NOT EXISTS (SELECT 1 FROM pg_depend d
                            WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
    LOOP
        EXECUTE item;
        COMMIT;
    END LOOP;
    -- What is in the schema public, and what is in no schema. Their names are read before the first of them goes.
    FOREACH item IN ARRAY
        ARRAY(SELECT format('DROP %s IF EXISTS %s CASCADE',
                            CASE WHEN i.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE'
                                 WHEN i.type = 'composite type' THEN 'TYPE'
                                 WHEN i.type = 'statistics object' THEN 'STATISTICS'
                                 WHEN i.type = 'foreign-data wrapper' THEN 'FOREIGN DATA WRAPPER'
                                 WHEN i.type = 'transform' THEN 'TRANSFORM'
                                 ELSE upper(i.type)
                            END,
                            CASE WHEN i.type = 'transform'
                                 THEN (SELECT format('FOR %s LANGUAGE %I', t.trftype::regtype, l.lanname)
                                         FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE t.oid = o.objid)
                                 ELSE i.identity
                            END)
                FROM (SELECT classid, objid FROM pg_depend
                       WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace AND deptype = 'n'
                         AND classid <> 'pg_extension'::regclass AND classid <> 'pg_default_acl'::regclass
                      UNION SELECT 'pg_cast'::regclass, oid FROM pg_cast WHERE oid >= 16384
                      UNION SELECT 'pg_transform'::regclass, oid FROM pg_transform WHERE oid >= 16384
                      UNION SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
                      UNION SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server
                      UNION SELECT 'pg_language'::regclass, oid FROM pg_language WHERE oid >= 16384
                      UNION SELECT 'pg_am'::regclass, oid FROM pg_am WHERE oid >= 16384) AS o
               CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, 0) i
               WHERE NOT EXISTS (SELECT 1 FROM pg_depend d
                                  WHERE d.classid = o.classid AND d.objid = o.objid AND d.deptype IN ('e', 'i')
                                    -- A partitioned table depends on its own key.
                                    AND (d.refclassid, d.refobjid) <> (d.classid, d.objid))
                 AND i.type NOT LIKE 'toast%'
                 AND i.type <> 'publication namespace'
               -- What a table has made goes with the table, and only so.
               ORDER BY i.type = 'sequence', o.classid <> 'pg_class'::regclass)
    LOOP
        EXECUTE item;
        COMMIT;
    END LOOP;
    FOR object IN SELECT oid FROM pg_largeobject_metadata LOOP
        PERFORM lo_unlink(object);
        unlinked := unlinked + 1;
        IF unlinked % 1000 = 0 THEN
            COMMIT;
        END IF;
    END LOOP;
END
$wipe$
