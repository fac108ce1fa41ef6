-- Whether the database is still its maker's, who is the one that asks.
SELECT quote_ident(datname) AS name
  FROM pg_database
 WHERE datname = current_database() AND pg_get_userbyid(datdba) = current_user
