-- Results: what the opening let out, the decisions on collectives, the publication.
set local role phach_account_owner;
-- Who decides, and what they are called.
create policy deciders on account.account for select to phach_result_owner using (true);
create policy deciders on account.hat for select to phach_result_owner using (true);
grant select (id, name) on account.account to phach_result_owner;
grant select (account, contest, hat) on account.hat to phach_result_owner;
reset role;

set local role phach_result_owner;

create table result.opened(
  contest uuid not null references contest.contest, code text not null references blind.paper,
  prize uuid not null references contest.prize, category uuid not null references contest.category, unit uuid references contest.unit,
  number int not null, title text not null, authors text[] not null,
  primary key (contest, code));
-- What two people decide after the opening: one proposes with a reason, another confirms. A collective's prize, the same taken back, and the
-- letters of a name or a title in what is published. Nothing of it is written over.
create table result.decision(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  kind text not null check (kind in ('award', 'take_back', 'correct')),
  prize uuid references contest.prize, unit uuid references contest.unit, award uuid references result.decision,
  code text, title text check (length(trim(title)) between 1 and 300), authors text[],
  reason text not null check (length(trim(reason)) between 5 and 2000),
  proposed_by uuid not null, proposed_at timestamptz not null default phach.now(),
  confirmed_by uuid, confirmed_at timestamptz, dropped_at timestamptz,
  foreign key (contest, code) references result.opened(contest, code),
  check (confirmed_by <> proposed_by), check ((confirmed_by is null) = (confirmed_at is null)),
  check ((kind = 'award') = (prize is not null and unit is not null)), check ((kind = 'take_back') = (award is not null)),
  check ((kind = 'correct') = (code is not null and title is not null and cardinality(authors) > 0)));
create index decision_contest on result.decision(contest);
create table result.publication(
  contest uuid primary key references contest.contest, sha256 bytea not null,
  seal_sha256 bytea not null,   -- of standings and prizes by code; the text stays on the blind side
  organizer uuid not null, at timestamptz not null default phach.now());

do $$
declare t text;
begin
  foreach t in array array['opened', 'decision', 'publication'] loop
    execute format('alter table result.%I enable row level security', t);
    execute format('alter table result.%I force row level security', t);
    execute format('create policy own on result.%I to phach_result_owner using (true) with check (true)', t);
    continue when t = 'decision';   -- read through functions only
    execute format('create policy organizer on result.%I for select to phach_organizer using (contest = (select phach.contest()))', t);
  end loop;
end $$;
-- Staged until published: nothing of it can be addressed before, and then an edition of it (result.edition).
create policy published on result.publication for select to phach_public, phach_contestant, phach_auditor, phach_chair using (true);
create policy slip_adds on result.opened for insert to phach_slip_owner with check (true);
create policy slip_reads on result.opened for select to phach_slip_owner using (true);

grant usage on schema result to phach_public, phach_contestant, phach_organizer, phach_auditor, phach_chair, phach_slip_owner;
grant select (contest, code, prize, category, unit, number, title, authors) on result.opened to phach_organizer;
grant select (contest, sha256, seal_sha256, at) on result.publication to phach_public, phach_contestant, phach_organizer, phach_auditor, phach_chair;
grant insert (contest, code, prize, category, unit, number, title, authors), select (contest, code, prize, unit) on result.opened to phach_slip_owner;

-- Collectives as they stand: awarded by two, and not taken back.
create function result.awards(c uuid) returns table(id uuid, prize uuid, unit uuid, reason text, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select d.id, d.prize, d.unit, d.reason, d.confirmed_at from result.decision d where d.contest = c and d.kind = 'award' and d.confirmed_at is not null
    and not exists (select from result.decision b where b.award = d.id and b.confirmed_at is not null) $$;
-- Titles and names as they are to be read: as opened, or as last corrected.
create function result.names_now(c uuid) returns table(code text, title text, authors text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.code, coalesce(d.title, o.title), coalesce(d.authors, o.authors) from result.opened o left join lateral (select x.title, x.authors from result.decision x
    where x.contest = c and x.code = o.code and x.confirmed_at is not null order by x.confirmed_at desc, x.id limit 1) d on true where o.contest = c $$;
grant execute on function result.names_now(uuid) to phach_slip_owner;
-- What each unit has, the units under it included, of what each collective prize asks.
create function result.needs_of(c uuid) returns table(prize uuid, unit uuid, prizes bigint, received bigint, valid bigint, met boolean)
language plpgsql stable as $$
begin
  return query with recursive under(top, below) as (select u.id, u.id from contest.unit u where u.contest = c
      union all select t.top, u.id from contest.unit u join under t on u.parent = t.below),
    counts as (select t.top, coalesce(sum(n.received), 0)::bigint as received, coalesce(sum(n.valid), 0)::bigint as valid
      from under t left join slip.unit_counts() n on n.unit = t.below group by t.top),
    won as (select t.top, p.level from result.prizes_now(c) w join result.opened o on o.contest = c and o.code = w.code join contest.prize p on p.id = w.prize join under t on t.below = o.unit)
  select x.prize, x.unit, x.prizes, x.received, x.valid,
      x.prizes >= coalesce(x.needs_prizes, case when x.needs_level is null then 0 else 1 end) and x.received >= coalesce(x.needs_received, 0) and x.valid >= coalesce(x.needs_valid, 0)
    from (select z.id as prize, n.top as unit, (select count(*) from won where won.top = n.top and won.level <= coalesce(z.needs_level, won.level)) as prizes,
        n.received, n.valid, z.needs_level, z.needs_prizes, z.needs_received, z.needs_valid
      from contest.prize z cross join counts n where z.contest = c and z.kind = 'collective') x;
end $$;
create function result.needs() returns table(prize uuid, unit uuid, prizes bigint, received bigint, valid bigint, met boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not slip.is_open(phach.contest()) then return; end if;
  return query select n.prize, n.unit, n.prizes, n.received, n.valid, n.met from result.needs_of(phach.contest()) n;
end $$;

-- Who decides here: organizer | holder (of a key; a proof, no hat); null: somebody else.
create function result.decider() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case when exists (select from account.hat h where h.account = phach.account() and h.contest = phach.contest() and h.hat = 'organizer') then 'organizer'
    when exists (select from slip.my_key()) then 'holder' end;
end $$;
-- Whether a decision can be; asked when it is proposed, and again when it is confirmed.
create function result.check_decision(d result.decision) returns void language plpgsql as $$
declare p contest.prize; was record;
begin
  if not slip.is_open(d.contest) then perform phach.refuse('not_open'); end if;
  if d.kind = 'award' then
    select * into p from contest.prize where id = d.prize and contest = d.contest and kind = 'collective';
    if not found or not exists (select from contest.unit where id = d.unit and contest = d.contest) then perform phach.refuse('enter_not_found'); end if;
    if exists (select from result.awards(d.contest) a where a.unit = d.unit) then perform phach.refuse('collective_once'); end if;
    if (select count(*) from result.awards(d.contest) a where a.prize = d.prize) >= p.places then perform phach.refuse('collective_places'); end if;
    if not exists (select from result.needs_of(d.contest) n where n.prize = d.prize and n.unit = d.unit and n.met) then perform phach.refuse('collective_needs'); end if;
  elsif d.kind = 'take_back' then
    if not exists (select from result.awards(d.contest) a where a.id = d.award) then perform phach.refuse('decision_gone'); end if;
  else
    select n.title, n.authors into was from result.names_now(d.contest) n join result.prizes_now(d.contest) w on w.code = n.code where n.code = d.code;
    if not found then perform phach.refuse('list_none'); end if;
    if (was.title, was.authors) is not distinct from (d.title, d.authors) then perform phach.refuse('list_same'); end if;
  end if;
end $$;
-- Each act by its own verb, about the unit or the paper.
create function result.note_decision(d result.decision, proposed boolean) returns void language plpgsql as $$
declare about text := coalesce(d.unit::text, d.code, (select a.unit::text from result.decision a where a.id = d.award));
  said jsonb := jsonb_strip_nulls(jsonb_build_object('prize', (select p.key from contest.prize p where p.id = d.prize), 'reason', d.reason)) || case when proposed then '{}' else jsonb_build_object('proposed_by', d.proposed_by) end;
begin
  case when d.kind = 'award' and proposed then perform record.note(d.contest, 'propose_award', about, said);
    when d.kind = 'award' then perform record.note(d.contest, 'award', about, said);
    when d.kind = 'take_back' and proposed then perform record.note(d.contest, 'propose_take_back', about, said);
    when d.kind = 'take_back' then perform record.note(d.contest, 'take_back', about, said);
    when proposed then perform record.note(d.contest, 'propose_correct', about, said);
    else perform record.note(d.contest, 'correct', about, said);
  end case;
end $$;
create function result.propose(d result.decision) returns void language plpgsql as $$
declare c uuid := phach.contest(); made result.decision;
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if coalesce(length(trim(d.reason)), 0) not between 5 and 2000 then perform phach.refuse('reason_needed'); end if;
  if not slip.is_open(c) then perform phach.refuse('not_open'); end if;
  if exists (select from result.decision x where x.contest = c and x.confirmed_at is null and x.dropped_at is null and x.proposed_at > phach.now() - interval '7 days'
      and (x.unit = d.unit or x.award = d.award or x.code = d.code)) then perform phach.refuse('decision_waits'); end if;
  perform result.check_decision(d);
  insert into result.decision(contest, kind, prize, unit, award, code, title, authors, reason, proposed_by)
    values (c, d.kind, d.prize, d.unit, d.award, d.code, d.title, d.authors, trim(d.reason), phach.account()) returning * into made;
  perform account.enqueue_decision_letters();
  perform result.note_decision(made, true);
end $$;
create function result.propose_award(of_prize uuid, of_unit uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform result.propose(jsonb_populate_record(null::result.decision, jsonb_build_object('contest', phach.contest(), 'kind', 'award', 'prize', of_prize, 'unit', of_unit, 'reason', why)));
end $$;
create function result.propose_take_back(of_award uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform result.propose(jsonb_populate_record(null::result.decision, jsonb_build_object('contest', phach.contest(), 'kind', 'take_back', 'award', of_award, 'reason', why)));
end $$;
create function result.propose_correction(of_code text, a_title text, some_authors text[], why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(length(trim(a_title)), 0) not between 1 and 300 then perform phach.refuse('list_title'); end if;
  if coalesce(cardinality(some_authors), 0) not between 1 and 50 or exists (select from unnest(some_authors) a where length(trim(a)) not between 1 and 300) then
    perform phach.refuse('list_authors');
  end if;
  perform result.propose(jsonb_populate_record(null::result.decision,
    jsonb_build_object('contest', phach.contest(), 'kind', 'correct', 'code', of_code, 'title', trim(a_title), 'authors', some_authors, 'reason', why)));
end $$;
-- By another: an organizer, or who holds a key that does not rest. Where the results are out it is an amendment: a new edition.
create function result.confirm_decision(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); d result.decision; as_who text := result.decider();
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if as_who is null then perform phach.refuse('enter_not_found'); end if;
  if as_who = 'holder' and exists (select from slip.my_key() k where k.rests_until is not null) then perform phach.refuse('key_rests'); end if;
  select * into d from result.decision where id = of and contest = c and confirmed_at is null and dropped_at is null and proposed_at > phach.now() - interval '7 days' for update;
  if not found then perform phach.refuse('decision_gone'); end if;
  if d.proposed_by = phach.account() then perform phach.refuse('decision_two'); end if;
  if not exists (select from account.hat h where h.account = d.proposed_by and h.contest = c and h.hat = 'organizer') then perform phach.refuse('decision_gone'); end if;
  perform result.check_decision(d);
  update result.decision set confirmed_by = phach.account(), confirmed_at = phach.now() where id = d.id;
  perform result.note_decision(d, false);
  perform result.amend(c, d.reason, d.proposed_by, phach.account());
end $$;
-- By whoever proposed it.
create function result.drop_decision(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone result.decision;
begin
  update result.decision set dropped_at = phach.now() where id = of and contest = phach.contest() and confirmed_at is null and dropped_at is null and proposed_by = phach.account()
    returning * into gone;
  if found then perform record.note(gone.contest, 'drop_decision', coalesce(gone.unit::text, gone.code, (select a.unit::text from result.decision a where a.id = gone.award)), '{}'); end if;
end $$;
-- What waits for a second person, as the deciders read it.
create function result.decisions() returns table(id uuid, kind text, prize uuid, unit uuid, title text, authors text[], was_title text, was_authors text[], reason text,
  proposed_by text, proposed_at timestamptz, mine boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if result.decider() is null then return; end if;
  return query select d.id, d.kind, coalesce(d.prize, a.prize), coalesce(d.unit, a.unit), d.title, d.authors, n.title, n.authors, d.reason, p.name, d.proposed_at, d.proposed_by = phach.account()
    from result.decision d left join result.decision a on a.id = d.award left join result.names_now(d.contest) n on n.code = d.code join account.account p on p.id = d.proposed_by
    where d.contest = phach.contest() and d.confirmed_at is null and d.dropped_at is null and d.proposed_at > phach.now() - interval '7 days' order by d.proposed_at;
end $$;
create function result.collectives() returns table(id uuid, prize uuid, unit uuid, reason text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.id, a.prize, a.unit, a.reason from result.awards(phach.contest()) a order by a.at, a.id;
end $$;
create function result.publish() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); h bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if exists (select from result.publication where contest = c) then perform phach.refuse('published'); end if;
  if not slip.is_open(c) then perform phach.refuse('not_open'); end if;
  -- what an award rested on may have been struck out since
  if exists (select from result.awards(c) a where not exists (select from result.needs_of(c) n where n.prize = a.prize and n.unit = a.unit and n.met)) then
    perform phach.refuse('award_unmet');
  end if;
  h := sha256(convert_to(result.text(c), 'UTF8'));
  insert into result.publication(contest, sha256, seal_sha256, organizer) values (c, h, blind.seal_hash(c), phach.account());
  insert into result.edition(contest, n, list, content, sha256, first_by) values (c, 1, result.list(c), result.text(c), h, phach.account());
  perform contest.mark_published(c);
  perform named.enqueue_results(c);
  perform record.note(c, 'publish', c::text, jsonb_build_object('sha256', encode(h, 'hex')));
end $$;
grant execute on function result.propose_award(uuid, uuid, text), result.propose_take_back(uuid, text), result.propose_correction(text, text, text[], text),
  result.needs(), result.collectives(), result.publish() to phach_organizer;
grant execute on function result.decider(), result.decisions(), result.confirm_decision(uuid), result.drop_decision(uuid) to phach_public, phach_organizer;
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
grant execute on function slip.unit_counts(), slip.my_key() to phach_result_owner;
grant execute on function slip.opened_at() to phach_auditor, phach_chair;
reset role;
