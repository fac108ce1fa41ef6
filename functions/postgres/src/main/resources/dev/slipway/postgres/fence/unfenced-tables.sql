-- The user's tables on which the fence's trigger is missing or does not fire always, on every kind of write.
SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p')
   AND c.relpersistence <> 't'
   AND n.nspname !~ '^pg_'
   AND n.nspname NOT IN ('information_schema', 'slipway')
   AND NOT EXISTS (SELECT 1
                     FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
                      AND NOT EXISTS (SELECT 1 FROM pg_extension x WHERE c.oid = ANY (x.extconfig)))
   AND NOT EXISTS (SELECT 1
                     FROM pg_trigger t
                     JOIN pg_proc f ON f.oid = t.tgfoid
                     JOIN pg_namespace s ON s.oid = f.pronamespace
                    WHERE t.tgrelid = c.oid AND t.tgname = 'slipway_fence' AND t.tgenabled = 'A'
                      AND s.nspname = 'slipway' AND f.proname = 'refuse' AND t.tgtype = 62
                      AND t.tgqual IS NULL AND t.tgattr = '')
 ORDER BY 1
