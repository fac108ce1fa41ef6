-- All roles of a server, and as which of them the session may act, with what they own at hand.
SELECT r.rolname AS name, r.rolsuper AS superuser,
       pg_has_role(r.oid, 'USAGE')
       AND CASE WHEN current_setting('server_version_num')::int >= 160000 THEN pg_has_role(r.oid, 'SET') ELSE pg_has_role(r.oid, 'MEMBER') END
           AS usable,
       -- Whether it may be granted to itself: before 16 by the right to make roles, since then by the option that the maker has.
       pg_has_role(r.oid, CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'MEMBER WITH ADMIN OPTION' ELSE 'MEMBER' END)
       OR current_setting('server_version_num')::int < 160000 AND me.rolcreaterole AND NOT r.rolsuper AS grantable
  FROM pg_roles r, pg_roles me
 WHERE me.rolname = current_user
