set local role phach_slip_owner;
drop function slip.own_prizes();
reset role;

set local role phach_named_owner;
revoke select (by_post) on named.entry from phach_contestant;
drop function named.own_standing(), named.written_by_desk(uuid);
drop trigger answer_names on named.screening;
drop trigger hold_valid on named.screening;
drop trigger want_scan on named.amendment;
drop trigger want_scan on named.correction;
drop trigger want_scan_first on named.entry;
drop trigger want_scan on named.entry;
drop function named.doubts(), named.answer_names(), named.note_scan(uuid, uuid, boolean), named.texts_to_scan(int), named.want_scan(), named.hold_valid(), named.sealed();
drop table named.unscanned;
delete from named.flag where kind = 'names-author';
update named.entry set flags = flags & ~16384 where flags & 16384 <> 0;
create or replace function named.flag_bit(kind text) returns int language sql immutable parallel safe as $$
  select case kind when 'same-person' then 1 when 'coauthor-silent' then 2 when 'coauthor-objects' then 4 when 'mail-unconfirmed' then 8
    when 'mail-failed' then 16 when 'limit-doubt' then 32 when 'guardian-missing' then 64 when 'same-text' then 128 when 'post-late' then 256 when 'paper-incomplete' then 512
    when 'withdrawal-asked' then 1024 when 'repair-asked' then 2048 when 'repair-came' then 4096
    when 'report-came' then 8192 end $$;
create or replace function named.ask_withdrawal(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from named.entry where id = of_entry and account = phach.account() and contest = phach.contest();
  if not found then perform phach.refuse('enter_not_found'); end if;
  perform named.hold_cut(of_entry);
  perform named.raise_flag(of_entry, 'withdrawal-asked');
end $$;
reset role;
