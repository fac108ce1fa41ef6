-- Which roles are members of which; the columns that came with version 16 are read through JSON.
SELECT pg_get_userbyid(m.roleid) AS "group", pg_get_userbyid(m.member) AS member,
       bool_or(m.admin_option) AS admin,
       bool_or((to_jsonb(m) ->> 'inherit_option')::boolean) AS inherit,
       bool_or((to_jsonb(m) ->> 'set_option')::boolean) AS set
  FROM pg_auth_members m
 GROUP BY m.roleid, m.member
 ORDER BY 1, 2
