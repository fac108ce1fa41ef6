-- Whether nothing of a user's is in the database: what an extension or Slipway itself made does not count.
SELECT NOT EXISTS (
    SELECT 1
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'slipway')
       AND (n.nspname <> 'public'
            AND NOT EXISTS (SELECT 1 FROM pg_depend d
                             WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
            OR EXISTS (SELECT 1 FROM pg_class c
                        WHERE c.relnamespace = n.oid
                          AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                           WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                          AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c'))
            OR EXISTS (SELECT 1 FROM pg_type t
                        WHERE t.typnamespace = n.oid AND t.typtype IN ('e', 'd', 'r')
                          AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                           WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'))
            OR EXISTS (SELECT 1 FROM pg_proc p
                        WHERE p.pronamespace = n.oid
                          AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                           WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'))))
   AND NOT EXISTS (SELECT 1 FROM pg_largeobject_metadata)
