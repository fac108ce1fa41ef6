-- What would refuse, change or follow a row that is put right, on the tables named by the parameters: statements that take it
-- away, and those that bring it back exactly as it was. Foreign keys are those that a person made, not a partition's clones.
WITH RECURSIVE repaired AS MATERIALIZED (
    SELECT unnest(?::text[])::regclass AS oid
), touching AS (
    SELECT oid, conparentid
      FROM pg_constraint
     WHERE contype = 'f' AND (conrelid IN (SELECT oid FROM repaired) OR confrelid IN (SELECT oid FROM repaired))
     UNION
    SELECT p.oid, p.conparentid
      FROM touching t
      JOIN pg_constraint p ON p.oid = t.conparentid
), foreign_key AS MATERIALIZED (
    SELECT c.*, c.conrelid::regclass AS relation
      FROM touching t
      JOIN pg_constraint c ON c.oid = t.oid
     WHERE c.conparentid = 0
)
SELECT 1 AS step,
       format('ALTER TABLE %s DROP CONSTRAINT %I', relation, conname) AS suspend,
       format('ALTER TABLE %s ADD CONSTRAINT %I %s', relation, conname, pg_get_constraintdef(oid)) AS resume,
       -- Only a superuser can have switched its triggers, and nobody else could do so again.
       (SELECT format('foreign key %s of %s', quote_ident(conname), relation)
         WHERE EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgconstraint = foreign_key.oid AND t.tgenabled <> 'O')) AS obstacle
  FROM foreign_key
UNION ALL
SELECT 2, NULL, format('COMMENT ON CONSTRAINT %I ON %s IS %L', conname, relation, obj_description(oid, 'pg_constraint')), NULL
  FROM foreign_key
 WHERE obj_description(oid, 'pg_constraint') IS NOT NULL
UNION ALL
SELECT 3,
       format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
       format('ALTER TABLE %s ENABLE %sTRIGGER %I', tgrelid::regclass,
              CASE tgenabled WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' ELSE '' END, tgname),
       NULL
  FROM pg_trigger
 WHERE tgrelid IN (SELECT oid FROM repaired) AND NOT tgisinternal AND tgenabled <> 'D'
UNION ALL
SELECT 4,
       format('ALTER TABLE %s DISABLE RULE %I', ev_class::regclass, rulename),
       format('ALTER TABLE %s ENABLE %sRULE %I', ev_class::regclass,
              CASE ev_enabled WHEN 'A' THEN 'ALWAYS ' WHEN 'R' THEN 'REPLICA ' ELSE '' END, rulename),
       NULL
  FROM pg_rewrite
 WHERE ev_class IN (SELECT oid FROM repaired) AND rulename <> '_RETURN' AND ev_enabled <> 'D'
 ORDER BY 1, 2, 3
