-- On the primary, as the superuser: sudo -u postgres psql -f roles.sql
-- odoo creates no databases here; its password is asked for by: \password odoo
CREATE ROLE odoo LOGIN;
CREATE DATABASE odoo OWNER odoo TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C';
CREATE ROLE replication LOGIN REPLICATION;
-- What pg_rewind reads on the other server
GRANT EXECUTE ON FUNCTION pg_ls_dir(text, boolean, boolean) TO replication;
GRANT EXECUTE ON FUNCTION pg_stat_file(text, boolean) TO replication;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO replication;
GRANT EXECUTE ON FUNCTION pg_read_binary_file(text, bigint, bigint, boolean) TO replication;
-- HAProxy's checks cannot send a password. This role has no rights: with
-- pg_read_all_stats, it would read the values in the statements of others.
CREATE ROLE haproxy LOGIN CONNECTION LIMIT 20;
