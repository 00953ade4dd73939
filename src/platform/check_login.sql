-- Asked by `serve` on each login, as the login itself, outside any hat. Any row: refuse to start.
-- $1 = the hats of this side (text[]).
with places(name) as (values ('phach'), ('contest'), ('account'), ('mail'), ('record'), ('named'), ('blind'), ('slip'), ('result'))
select 'the login may bypass: ' || concat_ws(' ', case when rolsuper then 'SUPERUSER' end, case when rolbypassrls then 'BYPASSRLS' end,
       case when rolcreaterole then 'CREATEROLE' end, case when rolreplication then 'REPLICATION' end) as line
  from pg_roles where rolname = session_user and (rolsuper or rolbypassrls or rolcreaterole or rolreplication)
union all   -- an allow-list: the other side's hats, owners (of slip above all), pg_read_all_data, anything unknown
select 'the login may become ' || r.rolname from pg_roles r
  where r.rolname <> session_user and not r.rolname = any ($1) and pg_has_role(session_user, r.oid, 'MEMBER')
union all
select 'the login lacks the hat ' || h from unnest($1) h
  where not exists (select from pg_roles r where r.rolname = h and pg_has_role(session_user, r.oid, 'MEMBER'))
union all   -- USAGE = inherits: then a query outside a hat would run with the hat's eyes
select 'the login inherits ' || r.rolname from pg_roles r where r.rolname <> session_user and pg_has_role(session_user, r.oid, 'USAGE')
union all
select 'the hat ' || rolname || ' may log in or bypass' from pg_roles
  where rolname = any ($1) and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolreplication)
union all
select 'the login or a hat owns ' || c.oid::regclass from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = session_user or r.rolname = any ($1)
union all
select 'the login or a hat owns the function ' || p.oid::regprocedure from pg_proc p join pg_roles r on r.oid = p.proowner
  where r.rolname = session_user or r.rolname = any ($1)
union all
select 'the login or a hat owns the schema ' || n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner
  where r.rolname = session_user or r.rolname = any ($1)
union all
select 'the login may create in the schema ' || n.nspname from pg_namespace n where n.nspname in (select name from places) and has_schema_privilege(n.oid, 'CREATE')
union all
select 'granted to PUBLIC or to the login: ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace, lateral aclexplode(c.relacl) a
  where n.nspname in (select name from places) and (a.grantee = 0 or a.grantee = (select oid from pg_roles where rolname = session_user))
union all
select 'the function is open to PUBLIC: ' || p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
  lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
  where n.nspname in (select name from places) and a.grantee = 0
union all
select 'no forced row security on ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('account', 'mail', 'record', 'named', 'blind', 'slip', 'result') and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
