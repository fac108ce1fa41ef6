SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE t.tgname = 'slipway_fence'
 ORDER BY 1
