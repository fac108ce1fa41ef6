-- What no copy carries, with why and what to do.
SELECT 'subscription ' || quote_ident(subname) AS subject, 'is left behind, because it would take part in the replication' AS what,
       'make it on the target once that is the writer' AS remedy
  FROM pg_subscription
 WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT provider || '''s security labels', 'are left behind (' || count(*) || ')', 'set them on the target if it has that provider'
  FROM pg_seclabels
 GROUP BY provider
UNION ALL
-- Since 15.
SELECT 'role ' || quote_ident(pg_get_userbyid(refobjid)), 'may set parameters of the server, which is left behind',
       'repeat GRANT SET ON PARAMETER on the target'
  FROM pg_shdepend
 WHERE classid = to_regclass('pg_parameter_acl') AND refclassid = 'pg_authid'::regclass
 GROUP BY refobjid
 ORDER BY 1
