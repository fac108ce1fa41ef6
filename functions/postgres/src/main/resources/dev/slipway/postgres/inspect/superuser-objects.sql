-- What only a superuser may make, by noun and name. What an extension made comes with it.
WITH candidate AS (
    SELECT 'event trigger' AS noun, evtname::text AS name, 'pg_event_trigger'::regclass AS class, oid FROM pg_event_trigger
    UNION ALL
    SELECT 'function', p.oid::regprocedure::text, 'pg_proc', p.oid
      FROM pg_proc p
      JOIN pg_language l ON l.oid = p.prolang
     WHERE NOT l.lanpltrusted OR p.proleakproof
    UNION ALL
    SELECT 'base type', t.oid::regtype::text, 'pg_type', t.oid FROM pg_type t WHERE t.typtype = 'b' AND t.typelem = 0
    UNION ALL
    SELECT 'operator class', format('%I.%I', n.nspname, c.opcname), 'pg_opclass', c.oid
      FROM pg_opclass c
      JOIN pg_namespace n ON n.oid = c.opcnamespace
    UNION ALL
    SELECT 'cast', format('%s AS %s', c.castsource::regtype, c.casttarget::regtype), 'pg_cast', c.oid FROM pg_cast c WHERE c.castmethod = 'b'
    UNION ALL
    SELECT 'foreign-data wrapper', fdwname, 'pg_foreign_data_wrapper', oid FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT 'access method', amname, 'pg_am', oid FROM pg_am
    UNION ALL
    SELECT 'text search parser', prsname, 'pg_ts_parser', oid FROM pg_ts_parser
    UNION ALL
    SELECT 'text search template', tmplname, 'pg_ts_template', oid FROM pg_ts_template
)
SELECT c.noun, c.name
  FROM candidate c
 -- What initdb made has lower numbers than what a user makes: FirstNormalObjectId in access/transam.h.
 WHERE c.oid >= 16384
   AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = c.class AND d.objid = c.oid AND d.deptype IN ('e', 'i'))
   AND c.name !~ '^slipway'
 ORDER BY 1, 2
