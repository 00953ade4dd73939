drop schema slip cascade;
create schema slip authorization phach_slip_owner;
set local role phach_named_owner;
drop policy slip on named.entry; drop policy slip on named.version; drop policy slip on named.author;
revoke all (id, contest, account, state, number, version, category, unit, title, cut) on named.entry from phach_slip_owner;
revoke all (id, entry, n, unit) on named.version from phach_slip_owner;
revoke all (version, position, name, name_key, pen_name, email_key) on named.author from phach_slip_owner;
reset role;
