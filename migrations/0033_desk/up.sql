-- What the desk and contestants are offered follows what the database allows: after the seal nobody asks for what nobody can grant. A text
-- that names its author is a doubt, found once when it is stored and not on each page. The prize of an own work.
set local role phach_named_owner;

-- Whether the ranking of the hat's contest is sealed: no entry leaves it by the desk any more, and no text of it changes.
create function named.sealed() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return slip.is_sealed(phach.contest());
end $$;
grant execute on function named.sealed() to phach_clerk, phach_contestant;

-- As before (0015), until the seal.
create or replace function named.ask_withdrawal(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry;
begin
  perform from named.entry where id = of_entry and account = phach.account() and contest = phach.contest();
  if not found then perform phach.refuse('enter_not_found'); end if;
  e := named.hold_cut(of_entry);
  if slip.is_sealed(e.contest) then perform phach.refuse('withdrawal_sealed'); end if;
  perform named.raise_flag(of_entry, 'withdrawal-asked');
end $$;
-- What is not cut when the ranking is sealed will never be marked: nothing makes it valid any more.
create function named.hold_valid() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if slip.is_sealed(new.contest) then perform phach.refuse('valid_sealed'); end if;
  return new;
end $$;
create trigger hold_valid before insert on named.screening for each row when (new.verdict = 'valid') execute function named.hold_valid();

-- The kinds of doubt, as before (0010), and one more.
create or replace function named.flag_bit(kind text) returns int language sql immutable parallel safe as $$
  select case kind when 'same-person' then 1 when 'coauthor-silent' then 2 when 'coauthor-objects' then 4 when 'mail-unconfirmed' then 8
    when 'mail-failed' then 16 when 'limit-doubt' then 32 when 'guardian-missing' then 64 when 'same-text' then 128 when 'post-late' then 256 when 'paper-incomplete' then 512
    when 'withdrawal-asked' then 1024 when 'repair-asked' then 2048 when 'repair-came' then 4096
    when 'report-came' then 8192 when 'names-author' then 16384 end $$;

-- Texts to be looked through for their authors' names, once each: a version received, an author or a unit corrected, a text amended.
-- mark: of this wish; what comes while one is looked through has another, and is looked through again.
create table named.unscanned(entry uuid primary key references named.entry on delete cascade, mark uuid not null default gen_random_uuid());
alter table named.unscanned enable row level security; alter table named.unscanned force row level security;
create policy own on named.unscanned to phach_named_owner using (true) with check (true);

create function named.want_scan() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare of_entry uuid;
begin
  if tg_table_name = 'entry' then of_entry := new.id; else of_entry := new.entry; end if;
  insert into named.unscanned as u(entry) values (of_entry) on conflict (entry) do update set mark = excluded.mark;
  return null;
end $$;
create trigger want_scan after update of version on named.entry for each row when (new.version > 0 and new.version <> old.version) execute function named.want_scan();
create trigger want_scan_first after insert on named.entry for each row when (new.version > 0) execute function named.want_scan();
create trigger want_scan after insert on named.correction for each row execute function named.want_scan();
create trigger want_scan after insert on named.amendment for each row execute function named.want_scan();
insert into named.unscanned(entry) select id from named.entry where version > 0 and state in ('waiting', 'queried', 'valid') and not cut;

-- Some of them, with what may give their authors away. What is in a file that is still being read waits for it.
create function named.texts_to_scan(at_most int)
returns table(entry uuid, mark uuid, title text, body text, names text[], pens text[], emails text[], phones text[], units text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select u.entry, u.mark, t.title, t.body, x.names, x.pens, x.emails, x.phones,
      array(select n from contest.unit o, unnest(array[o.name_vi, o.name_en]) n where o.id = v.unit)
    from named.unscanned u join named.entry e on e.id = u.entry join named.version v on v.entry = e.id and v.n = e.version
      left join named.attachment a on a.id = v.attachment
      cross join lateral named.clean_text(e.id) t
      cross join lateral (select coalesce(array_agg(p.name) || array_agg(p.guardian), '{}') as names, coalesce(array_agg(p.pen_name), '{}') as pens,
        coalesce(array_agg(p.email), '{}') as emails, coalesce(array_agg(p.phone), '{}') as phones from named.author p where p.version = v.id) x
    where a.state is distinct from 'pending' limit at_most;
end $$;
-- What was found. Nothing, where the text or its authors changed meanwhile: then it is looked through again.
create function named.note_scan(of_entry uuid, of_mark uuid, names_author boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry;
begin
  select * into e from named.entry where id = of_entry for update;
  delete from named.unscanned where entry = of_entry and mark = of_mark;
  if not found then return; end if;
  perform named.hold_flag(of_entry, 'names-author', names_author and e.state in ('waiting', 'queried', 'valid'));
end $$;
grant execute on function named.texts_to_scan(int), named.note_scan(uuid, uuid, boolean) to phach_reader;

-- Who of the desk makes it valid by hand has read it, with the places marked: the doubt is answered.
create function named.answer_names() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform named.lower_flag(new.entry, 'names-author');
  return null;
end $$;
create trigger answer_names after insert on named.screening for each row when (new.verdict = 'valid' and new.clerk is not null) execute function named.answer_names();

-- Open doubts of the hat's contest by kind, up to a hundred of each: more are not counted, so that a page costs the same at any size.
create function named.doubts() returns table(kind text, n int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select k.kind, x.n from unnest(array['same-person', 'coauthor-silent', 'coauthor-objects', 'mail-unconfirmed', 'mail-failed', 'limit-doubt', 'guardian-missing',
      'same-text', 'post-late', 'paper-incomplete', 'withdrawal-asked', 'repair-asked', 'repair-came', 'report-came', 'names-author']) as k(kind)
    cross join lateral (select count(*)::int as n from (select from named.flag g where g.contest = phach.contest() and g.kind = k.kind and g.settled_at is null limit 100) few) x
    where x.n > 0;
end $$;
grant execute on function named.doubts() to phach_clerk;
reset role;

set local role phach_named_owner;
-- What a page that offers to send asks of the visitor: whether an entry is begun here, and whether as many count for the visitor as the rules
-- allow one person, in all or in every category. Nobody signed in: neither.
create function named.own_standing() returns table(begun boolean, at_limit boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare k contest.contest; reached boolean := false;
begin
  if phach.account() is null then return query select false, false; return; end if;
  select * into k from contest.contest x where x.id = phach.contest();
  if k.limit_subject = 'person' and (k.limit_overall is not null or k.limit_per_category is not null) then
    with share as (select s.category, s.n from named.own_share() s)
      select coalesce((select sum(s.n) from share s) >= k.limit_overall, false) or k.limit_per_category is not null
        and exists (select from contest.category g where g.contest = k.id)
        and not exists (select from contest.category g where g.contest = k.id and coalesce((select sum(s.n) from share s where s.category = g.id), 0) < k.limit_per_category)
      into reached;
  end if;
  return query select exists (select from named.entry e where e.contest = phach.contest() and e.account = phach.account()), reached;
end $$;
grant execute on function named.own_standing() to phach_public, phach_contestant;
-- Whether what counts of an own entry was written down by the desk, from paper: its receipt says so.
create function named.written_by_desk(of_entry uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from named.entry e join named.version v on v.entry = e.id and v.n = e.version
    where e.id = of_entry and e.contest = phach.contest() and e.account = phach.account() and v.clerk is not null);
end $$;
grant execute on function named.written_by_desk(uuid) to phach_contestant;
grant select (by_post) on named.entry to phach_contestant;
reset role;

set local role phach_slip_owner;
-- Crossing: own result, of what everybody reads: once the results are out, the prizes of the contestant's own works as the newest edition has them.
create function slip.own_prizes() returns table(entry uuid, prize uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select e.id, w.prize from contest.contest k join named.entry e on e.contest = k.id and e.account = phach.account() and e.cut
      join result.opened o on o.contest = k.id and o.number = e.number cross join lateral result.prizes_now(k.id) w
    where k.id = phach.contest() and k.published_at is not null and w.code = o.code;
end $$;
grant execute on function slip.own_prizes() to phach_contestant;
reset role;
