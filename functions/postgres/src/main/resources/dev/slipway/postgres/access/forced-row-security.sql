-- Tables whose policies bind their owner, too.
SELECT c.oid::regclass::text AS name
  FROM pg_class c
 WHERE c.relrowsecurity AND c.relforcerowsecurity
 ORDER BY 1
