-- Results: what the opening let out, the decisions on collectives, the publication.
set local role phach_result_owner;

create table result.opened(
  contest uuid not null references contest.contest, code text not null references blind.paper,
  prize uuid not null references contest.prize, category uuid not null references contest.category, unit uuid references contest.unit,
  number int not null, title text not null, authors text[] not null,
  primary key (contest, code));
create table result.collective(
  contest uuid not null references contest.contest, prize uuid not null references contest.prize, unit uuid not null references contest.unit,
  reason text not null check (length(trim(reason)) between 5 and 2000), organizer uuid not null, at timestamptz not null default phach.now(),
  primary key (contest, unit, prize));
create table result.publication(
  contest uuid primary key references contest.contest, sha256 bytea not null,
  seal_sha256 bytea not null,   -- of standings and prizes by code; the text stays on the blind side
  organizer uuid not null, at timestamptz not null default phach.now());

do $$
declare t text;
begin
  foreach t in array array['opened', 'collective', 'publication'] loop
    execute format('alter table result.%I enable row level security', t);
    execute format('alter table result.%I force row level security', t);
    execute format('create policy own on result.%I to phach_result_owner using (true) with check (true)', t);
    execute format('create policy organizer on result.%I for select to phach_organizer using (contest = (select phach.contest()))', t);
  end loop;
end $$;
-- Staged until published: nothing of it can be addressed before, and then an edition of it (result.edition).
create policy published on result.publication for select to phach_public, phach_contestant, phach_auditor, phach_chair using (true);
create policy slip_adds on result.opened for insert to phach_slip_owner with check (true);
create policy slip_reads on result.opened for select to phach_slip_owner using (true);

grant usage on schema result to phach_public, phach_contestant, phach_organizer, phach_auditor, phach_chair, phach_slip_owner;
grant select (contest, code, prize, category, unit, number, title, authors) on result.opened to phach_organizer;
grant select (contest, prize, unit, reason, at) on result.collective to phach_organizer;
grant select (contest, sha256, seal_sha256, at) on result.publication to phach_public, phach_contestant, phach_organizer, phach_auditor, phach_chair;
grant insert (contest, code, prize, category, unit, number, title, authors), select (contest, code, prize, unit) on result.opened to phach_slip_owner;

create function result.decide_collective(of_prize uuid, of_unit uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); p contest.prize;
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if exists (select from result.publication where contest = c) then perform phach.refuse('published'); end if;
  if not exists (select from result.opened where contest = c) and not slip.is_open(c) then perform phach.refuse('not_open'); end if;
  select * into p from contest.prize where id = of_prize and contest = c and kind = 'collective';
  if not found or not exists (select from contest.unit where id = of_unit and contest = c) then perform phach.refuse('enter_not_found'); end if;
  if length(trim(why)) < 5 then perform phach.refuse('reason_needed'); end if;
  if exists (select from result.collective where contest = c and unit = of_unit) then perform phach.refuse('collective_once'); end if;
  if (select count(*) from result.collective where contest = c and prize = of_prize) >= p.places then perform phach.refuse('collective_places'); end if;
  insert into result.collective(contest, prize, unit, reason, organizer) values (c, of_prize, of_unit, trim(why), phach.account());
  perform record.note(c, 'decide_collective', of_unit::text, jsonb_build_object('prize', p.key, 'reason', trim(why)));
end $$;
create function result.withdraw_collective(of_unit uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if exists (select from result.publication where contest = c) then perform phach.refuse('published'); end if;
  delete from result.collective where contest = c and unit = of_unit;
  if found then perform record.note(c, 'withdraw_collective', of_unit::text, '{}'); end if;
end $$;
create function result.publish() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); h bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if exists (select from result.publication where contest = c) then perform phach.refuse('published'); end if;
  if not slip.is_open(c) then perform phach.refuse('not_open'); end if;
  h := sha256(convert_to(result.text(c), 'UTF8'));
  insert into result.publication(contest, sha256, seal_sha256, organizer) values (c, h, blind.seal_hash(c), phach.account());
  insert into result.edition(contest, n, list, content, sha256, first_by) values (c, 1, result.list(c), result.text(c), h, phach.account());
  perform contest.mark_published(c);
  perform named.enqueue_results(c);
  perform record.note(c, 'publish', c::text, jsonb_build_object('sha256', encode(h, 'hex')));
end $$;
grant execute on function result.decide_collective(uuid, uuid, text), result.withdraw_collective(uuid), result.publish() to phach_organizer;
reset role;

set local role phach_slip_owner;
create function slip.is_open(c uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from slip.opening o where o.contest = c) $$;
grant execute on function slip.is_open(uuid) to phach_result_owner;

-- Who holds a key: an official of the contest whose confirmed address the rules name.
-- Until when the key of who has a new password, or this address since lately, rests: a letter read by somebody else opens nothing within a day.
create function slip.rests_until(of_account uuid) returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select max(t.at) + interval '24 hours' from account.account a cross join lateral (values
    (case when a.password_changed_at > a.created_at then a.password_changed_at end), (a.email_changed_at)) t(at)
  where a.id = of_account and t.at > phach.now() - interval '24 hours' $$;
create function slip.my_key() returns table(holder uuid, office_vi text, office_en text, rests_until timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.id, k.office_vi, k.office_en, slip.rests_until(a.id) from contest.key_holder k join account.account a on a.email_key = k.email_key and a.confirmed_at is not null
  where k.contest = phach.contest() and a.id = phach.account()
    and exists (select from account.hat h where h.account = a.id and h.contest = k.contest) $$;
-- The visitor's key, to be used now.
create function slip.hold_key() returns uuid language plpgsql as $$
declare k record;
begin
  select * into k from slip.my_key();
  if not found then perform phach.refuse('enter_not_found'); end if;
  if k.rests_until is not null then perform phach.refuse('key_rests'); end if;
  return k.holder;
end $$;
-- What the opening page shows: offices, and whose key was turned within the last 30 minutes; the seal's time.
create function slip.keys() returns table(office_vi text, office_en text, turned boolean, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.office_vi, k.office_en,
    exists (select from slip.key_turn t where t.contest = k.contest and t.holder = k.id
      and (t.at > phach.now() - interval '30 minutes' or exists (select from slip.opening o where o.contest = k.contest and t.account in (o.first_key, o.second_key)))),
    exists (select from account.account a where a.id = phach.account() and a.email_key = k.email_key)
  from contest.key_holder k where k.contest = phach.contest() and exists (select from slip.my_key()) order by k.position $$;
create function slip.seal_to_open() returns table(sealed_at timestamptz, opened_at timestamptz, winners int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.at, o.at, (select count(*)::int from blind.proposal p where p.contest = s.contest and p.prize is not null)
  from blind.seal s left join slip.opening o on o.contest = s.contest
  where s.contest = phach.contest() and exists (select from slip.my_key()) $$;

-- Crossing: open. Any two of the key holders, within 30 minutes of each other; the password was asked before. Only the
-- slips of prize winners; every other stays closed. Returns whether this key opened it.
create function slip.turn_key(last4 text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); me uuid := phach.account(); mine uuid := slip.hold_key(); s record; other uuid; n int;
begin
  perform pg_advisory_xact_lock(hashtextextended('open ' || c::text, 0));
  select sha256 into s from blind.seal where contest = c;
  if not found then perform phach.refuse('not_sealed'); end if;
  if exists (select from slip.opening where contest = c) then perform phach.refuse('already_open'); end if;
  if lower(trim(last4)) is distinct from right(encode(s.sha256, 'hex'), 4) then perform phach.refuse('seal_mismatch'); end if;
  insert into slip.key_turn(contest, account, holder) values (c, me, mine) on conflict do nothing;
  perform record.note(c, 'turn_key', me::text, '{}');
  select t.account into other from slip.key_turn t where t.contest = c and t.account <> me and t.holder <> mine and slip.rests_until(t.account) is null
    and t.at > phach.now() - interval '30 minutes' order by t.at desc limit 1;
  if other is null then return false; end if;
  insert into slip.opening(contest, first_key, second_key) values (c, other, me);
  insert into result.opened(contest, code, prize, category, unit, number, title, authors)
    select c, p.code, p.prize, e.category, e.unit, e.number, e.title,
      (select array_agg(a.name || case when a.pen_name <> '' then ' (' || a.pen_name || ')' else '' end order by a.position) from named.author a where a.version = v.id)
    from blind.proposal p join slip.pair x on x.paper = p.code join named.entry e on e.id = x.entry
    join named.version v on v.entry = e.id and v.n = e.version
    where p.contest = c and p.prize is not null order by p.code;
  get diagnostics n = row_count;
  perform record.note(c, 'open', c::text, jsonb_build_object('slips', n));
  return true;
end $$;
-- From the opening on: entries received and valid by unit, for the evidence on collectives.
create function slip.unit_counts() returns table(unit uuid, received bigint, valid bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.unit, count(*), count(*) filter (where e.state = 'valid') from named.entry e
  where e.contest = phach.contest() and e.version > 0 and slip.is_open(phach.contest()) group by e.unit $$;
create function slip.opened_at() returns timestamptz
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select at from slip.opening where contest = phach.contest() $$;
grant execute on function slip.my_key(), slip.keys(), slip.seal_to_open(), slip.turn_key(text) to phach_public;
grant execute on function slip.unit_counts(), slip.opened_at() to phach_organizer;
grant execute on function slip.opened_at() to phach_auditor, phach_chair;
reset role;
