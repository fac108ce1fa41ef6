-- What is granted on objects that are still to come, in the rows of access.sql: the owner is who will make them.
WITH object (kind, name, part, owner, acl, standard) AS (
    SELECT 'DEFAULT',
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'ROUTINES' WHEN 'T' THEN 'TYPES'
                                WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
           coalesce(quote_ident(n.nspname), ''),
           d.defaclrole,
           d.defaclacl,
           CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END
      FROM pg_default_acl d
      LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
     WHERE n.nspname IS DISTINCT FROM 'slipway'
), granted AS (
    SELECT o.kind, o.name, o.part, o.owner, a.grantee, a.grantor, a.is_grantable, a.ordinality, a.privilege_type,
           count(*) OVER (PARTITION BY o.name, o.part, o.owner, a.grantee, a.grantor, a.is_grantable)
             = (SELECT count(*) FROM aclexplode(acldefault(o.standard, o.owner)) b WHERE b.grantee = o.owner) AS all_of_them
      FROM object o
     CROSS JOIN LATERAL aclexplode(o.acl) WITH ORDINALITY a
), folded AS (
    SELECT name, part, owner, grantee, grantor, is_grantable, min(ordinality) AS position,
           CASE WHEN all_of_them THEN 'ALL' ELSE privilege_type END AS privilege
      FROM granted
     GROUP BY name, part, owner, grantee, grantor, is_grantable, 8
)
SELECT o.kind, o.name, o.part, '' AS space, true AS follows,
       pg_get_userbyid(o.owner) AS owner,
       CASE f.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(f.grantee) END AS grantee,
       f.grantee = 0 AS everybody,
       pg_get_userbyid(f.grantor) AS grantor,
       f.privilege,
       f.is_grantable AS grantable
  FROM object o
  LEFT JOIN folded f ON f.name = o.name AND f.part = o.part AND f.owner = o.owner
 ORDER BY o.name, o.part, o.owner, f.position
