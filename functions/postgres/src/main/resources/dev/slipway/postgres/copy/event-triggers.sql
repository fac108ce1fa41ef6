-- Event triggers, which only a superuser may make, or whom a service has given as much.
SELECT 'pg_event_trigger'::regclass::oid || ' ' || e.oid AS id,
       quote_ident(e.evtname) AS name,
       format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, quote_ident(e.evtevent),
              ' WHEN TAG IN (' || (SELECT string_agg(quote_literal(tag), ', ') FROM unnest(e.evttags) AS tag) || ')',
              e.evtfoid::regproc) AS created,
       CASE e.evtenabled WHEN 'O' THEN '' WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END AS enabled
  FROM pg_event_trigger e
 WHERE NOT EXISTS (SELECT 1
                     FROM pg_depend d
                    WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = e.oid AND d.deptype = 'e')
 ORDER BY 1
