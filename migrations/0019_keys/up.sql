-- Keys: how one changes hands before the seal; the minutes of the seal and of the opening; a paper struck out after the opening; editions of
-- the published results.
-- Struck out after the opening. What was opened and sealed stays as it was; these rows follow it.
set local role phach_result_owner;
create table result.struck_out(
  contest uuid not null references contest.contest, code text not null, reason text not null check (length(trim(reason)) between 5 and 500),
  first_by uuid not null, second_by uuid not null, withheld boolean not null,   -- a prize is not given: no reserve was left
  at timestamptz not null default phach.now(), primary key (contest, code), foreign key (contest, code) references result.opened(contest, code), check (first_by <> second_by));
-- A paper of the sealed list that moved up into the place; a reserve, opened by the same act, has no prize it comes from.
create table result.moved_up(
  contest uuid not null references contest.contest, n int not null, code text not null, struck text not null,
  from_prize uuid references contest.prize, prize uuid not null references contest.prize, at timestamptz not null default phach.now(),
  primary key (contest, n), foreign key (contest, code) references result.opened(contest, code), foreign key (contest, struck) references result.struck_out(contest, code));
-- What everybody reads: the first edition by the publication, each later one by an amendment that two people answer for.
create table result.edition(
  contest uuid not null references result.publication(contest), n int not null check (n > 0),
  list jsonb not null,          -- {prizes: [{prize, category, unit, title, authors}], collectives: [{prize, unit, reason}]}
  content text not null, sha256 bytea not null check (length(sha256) = 32),
  reason text check (length(trim(reason)) between 5 and 2000), first_by uuid not null, second_by uuid,
  at timestamptz not null default phach.now(), primary key (contest, n),
  check ((n = 1) = (reason is null)), check ((n = 1) = (second_by is null)), check (first_by <> second_by));
do $$
declare t text;
begin
  foreach t in array array['struck_out', 'moved_up', 'edition'] loop
    execute format('alter table result.%I enable row level security', t);
    execute format('alter table result.%I force row level security', t);
    execute format('create policy own on result.%I to phach_result_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy organizer on result.struck_out for select to phach_organizer using (contest = (select phach.contest()));
create policy published on result.edition for select to phach_public, phach_auditor using (contest = (select phach.contest()));
grant select (contest, n, list, content, sha256, reason, at) on result.edition to phach_public, phach_auditor;
grant select (contest, code, reason, withheld, at) on result.struck_out to phach_organizer;
create policy slip_adds on result.struck_out for insert to phach_slip_owner with check (true);
create policy slip_reads on result.struck_out for select to phach_slip_owner using (true);
create policy slip_ends on result.struck_out for update to phach_slip_owner using (true);   -- in the transaction that adds it
create policy slip_adds on result.moved_up for insert to phach_slip_owner with check (true);
create policy slip_reads on result.moved_up for select to phach_slip_owner using (true);
grant insert (contest, code, reason, first_by, second_by, withheld), select (contest, code, withheld), update (withheld) on result.struck_out to phach_slip_owner;
grant insert (contest, n, code, struck, from_prize, prize), select (contest, n, code, struck, from_prize, prize) on result.moved_up to phach_slip_owner;

grant select (category, number, title, authors) on result.opened to phach_slip_owner;

-- The prize each opened paper has now.
create function result.prizes_now(c uuid) returns table(code text, prize uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.code, coalesce((select m.prize from result.moved_up m where m.contest = c and m.code = o.code order by m.n desc limit 1), o.prize)
  from result.opened o where o.contest = c and not exists (select from result.struck_out s where s.contest = c and s.code = o.code) $$;
grant execute on function result.prizes_now(uuid) to phach_slip_owner;
-- For the organizer, once the slips are open.
create function result.winners() returns table(code text, prize uuid, category uuid, unit uuid, number int, title text, authors text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.code, w.prize, o.category, o.unit, o.number, n.title, n.authors from result.prizes_now(phach.contest()) w
  join result.opened o on o.contest = phach.contest() and o.code = w.code join result.names_now(phach.contest()) n on n.code = o.code order by o.code $$;
grant execute on function result.winners() to phach_organizer;

-- What is published now, as a list and as the text whose hash stands beside it.
create function result.list(c uuid) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'prizes', (select coalesce(jsonb_agg(jsonb_build_object('prize', w.prize, 'category', o.category, 'unit', o.unit, 'title', n.title, 'authors', n.authors) order by n.title, o.number), '[]')
      from result.prizes_now(c) w join result.opened o on o.contest = c and o.code = w.code join result.names_now(c) n on n.code = w.code),
    'collectives', (select coalesce(jsonb_agg(jsonb_build_object('prize', x.prize, 'unit', x.unit, 'reason', x.reason) order by x.at), '[]') from result.awards(c) x)) $$;
create function result.text(c uuid) returns text language sql stable as $$
  select coalesce(string_agg(line, E'\n' order by line), '') || E'\n' from (
    select 'individual ' || p.key || ' ' || k.key || ' ' || array_to_string(n.authors, ', ') || ' | ' || n.title as line
      from result.prizes_now(c) w join result.opened o on o.contest = c and o.code = w.code join result.names_now(c) n on n.code = w.code join contest.prize p on p.id = w.prize join contest.category k on k.id = o.category
    union all select 'collective ' || p.key || ' ' || u.key from result.awards(c) x join contest.prize p on p.id = x.prize join contest.unit u on u.id = x.unit) t $$;
-- One more edition, where the results are out; the caller holds their lock.
create function result.amend(c uuid, why text, first_one uuid, second_one uuid) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t text := result.text(c); m int;
begin
  if not exists (select from result.publication where contest = c) then return null; end if;
  select max(n) + 1 into strict m from result.edition where contest = c;
  insert into result.edition(contest, n, list, content, sha256, reason, first_by, second_by)
    values (c, m, result.list(c), t, sha256(convert_to(t, 'UTF8')), trim(why), first_one, second_one);
  perform record.note(c, 'amend_results', c::text, jsonb_build_object('edition', m, 'reason', trim(why), 'proposed_by', first_one, 'sha256', encode(sha256(convert_to(t, 'UTF8')), 'hex')));
  return m;
end $$;
grant execute on function result.amend(uuid, text, uuid, uuid) to phach_slip_owner;
reset role;

set local role phach_slip_owner;

-- Two holders put a new one in a third's place, or beside them: one proposes, another confirms. Never after the seal.
create table slip.replacement(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  holder uuid,                                              -- whose key it was; null: one more holder
  email_key text not null, office_vi text not null, office_en text not null,
  reason text not null check (length(trim(reason)) between 5 and 500),
  proposed_by uuid not null, proposer_key uuid not null, proposed_at timestamptz not null default phach.now(),
  confirmed_by uuid, confirmed_at timestamptz, dropped_at timestamptz, check (confirmed_by <> proposed_by));
create unique index replacement_open on slip.replacement(contest) where confirmed_at is null and dropped_at is null;
alter table slip.replacement enable row level security; alter table slip.replacement force row level security;
create policy own on slip.replacement to phach_slip_owner using (true) with check (true);

-- Whether it can be: of two holders nobody is left to confirm for the third; the new one is an official here who holds no key.
create function slip.check_replacement(of uuid) returns void language plpgsql as $$
declare r slip.replacement;
begin
  select * into strict r from slip.replacement where id = of;
  if exists (select from blind.seal where contest = r.contest) then perform phach.refuse('sealed'); end if;
  if r.holder is not null and not exists (select from contest.key_holder where id = r.holder and contest = r.contest) then perform phach.refuse('replacement_gone'); end if;
  if r.holder is not null and (select count(*) from contest.key_holder where contest = r.contest) < 3 then perform phach.refuse('replacement_few'); end if;
  if r.holder is null and (select count(*) from contest.key_holder where contest = r.contest) >= 5 then perform phach.refuse('holders_most'); end if;
  if exists (select from contest.key_holder where contest = r.contest and email_key = r.email_key) then perform phach.refuse('holder_twice'); end if;
  if not account.holds_key(r.contest, r.email_key) then perform phach.refuse('holder_no_official'); end if;
end $$;
-- An office left empty stays what it was.
create function slip.propose_replacement(of_holder uuid, new_email text, an_office_vi text, an_office_en text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); mine uuid := slip.hold_key(); was contest.key_holder; r slip.replacement;
begin
  perform contest.hold_rules(c);
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if of_holder = mine then perform phach.refuse('replacement_own'); end if;
  if of_holder is not null then
    select id, contest, email_key, office_vi, office_en, position into was from contest.key_holder where id = of_holder and contest = c;
    if not found then perform phach.refuse('enter_not_found'); end if;
  end if;
  an_office_vi := coalesce(nullif(trim(an_office_vi), ''), was.office_vi);
  if an_office_vi is null then perform phach.refuse('office_needed'); end if;
  update slip.replacement set dropped_at = phach.now() where contest = c and confirmed_at is null and dropped_at is null;
  insert into slip.replacement(contest, holder, email_key, office_vi, office_en, reason, proposed_by, proposer_key)
    values (c, of_holder, new_email, an_office_vi, coalesce(nullif(trim(an_office_en), ''), case when an_office_vi = was.office_vi then was.office_en else an_office_vi end),
      trim(why), phach.account(), mine) returning * into r;
  perform slip.check_replacement(r.id);
  perform account.enqueue_holder_letters('key-replacement');
  perform record.note(c, 'propose_holder', coalesce(of_holder, r.id)::text, jsonb_build_object('office', r.office_vi, 'email', record.mute('replacement ' || r.id::text, new_email), 'reason', r.reason));
end $$;
create function slip.confirm_replacement(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); mine uuid := slip.hold_key(); r slip.replacement;
begin
  perform contest.hold_rules(c);
  select * into r from slip.replacement where id = of and contest = c and confirmed_at is null and dropped_at is null and proposed_at > phach.now() - interval '7 days' for update;
  if not found then perform phach.refuse('replacement_gone'); end if;
  if r.proposed_by = phach.account() or r.proposer_key = mine then perform phach.refuse('replacement_two'); end if;
  if r.holder = mine then perform phach.refuse('replacement_own'); end if;
  -- who proposed it holds that key still, and it does not rest
  if not exists (select from contest.key_holder k join account.account a on a.email_key = k.email_key where k.id = r.proposer_key and a.id = r.proposed_by
      and slip.rests_until(a.id) is null) then
    perform phach.refuse('replacement_gone');
  end if;
  perform slip.check_replacement(r.id);
  update slip.replacement set confirmed_by = phach.account(), confirmed_at = phach.now() where id = r.id;
  perform contest.change_holder(r.holder, r.email_key, r.office_vi, r.office_en, r.reason);
  perform account.enqueue_holder_letters('key-replaced');
  perform record.note(c, 'change_holder', coalesce(r.holder, r.id)::text, jsonb_build_object('office', r.office_vi, 'proposed_by', r.proposed_by, 'reason', r.reason));
end $$;
create function slip.drop_replacement() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare of uuid;
begin
  update slip.replacement set dropped_at = phach.now() where contest = phach.contest() and confirmed_at is null and dropped_at is null and proposed_by = phach.account()
    returning id into of;
  if found then perform record.note(phach.contest(), 'drop_holder', of::text, '{}'); end if;
end $$;

-- For the holders' own page: whose keys there are, and what is proposed.
create function slip.holders() returns table(id uuid, office_vi text, office_en text, ready boolean, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.id, k.office_vi, k.office_en, account.holds_key(k.contest, k.email_key), k.id = (select m.holder from slip.my_key() m)
  from contest.key_holder k where k.contest = phach.contest() and exists (select from slip.my_key()) order by k.position $$;
create function slip.replacement() returns table(id uuid, was_vi text, was_en text, email text, office_vi text, office_en text, reason text, proposed_by text,
  proposed_at timestamptz, mine boolean, about_me boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.id, k.office_vi, k.office_en, r.email_key, r.office_vi, r.office_en, r.reason, a.name, r.proposed_at, r.proposed_by = phach.account(),
    coalesce(r.holder = (select m.holder from slip.my_key() m), false)
  from slip.replacement r join account.account a on a.id = r.proposed_by left join contest.key_holder k on k.id = r.holder
  where r.contest = phach.contest() and r.confirmed_at is null and r.dropped_at is null and r.proposed_at > phach.now() - interval '7 days'
    and exists (select from slip.my_key()) and not exists (select from blind.seal s where s.contest = r.contest) $$;

-- Who may read minutes, and as what. null: nobody of theirs.
create function slip.minutes_reader() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when exists (select from account.hat h where h.account = phach.account() and h.contest = phach.contest() and h.hat = 'organizer') then 'organizer'
    when exists (select from slip.my_key()) then 'holder'
    when exists (select from account.hat h where h.account = phach.account() and h.contest = phach.contest() and h.hat = 'auditor') then 'auditor' end $$;
-- The seal: what was sealed, by code. A holder reads the hash from the signed paper until the slips are open: it is what the two confirm.
create function slip.seal_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); reader text := slip.minutes_reader(); f jsonb;
begin
  if reader is null then return null; end if;
  f := blind.seal_facts(c);
  if f is null then return null; end if;
  return (f - 'organizer' - 'chair') || jsonb_build_object('reader', reader,
    'sha256', case when reader <> 'holder' or slip.is_open(c) then f->>'sha256' end,
    'organizer', (select a.name from account.account a where a.id = (f->>'organizer')::uuid), 'chair', (select a.name from account.account a where a.id = (f->>'chair')::uuid),
    'holders', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name) order by k.position)
      from contest.key_holder k left join account.account a on a.email_key = k.email_key where k.contest = c));
end $$;
-- What the opening itself opened: not the reserves that moved up since.
create function slip.opened_first(c uuid) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.code from result.opened o where o.contest = c and not exists (select from result.moved_up m where m.contest = c and m.code = o.code and m.from_prize is null) $$;
-- The opening: who turned a key and when, and whose slips opened. Names, so for the organizer and the holders alone.
create function slip.opening_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); o slip.opening;
begin
  if coalesce(slip.minutes_reader(), 'auditor') = 'auditor' then return null; end if;
  select * into o from slip.opening where contest = c;
  if not found then return null; end if;
  return jsonb_build_object('opened_at', o.at, 'sha256', (select encode(s.sha256, 'hex') from blind.seal s where s.contest = c),
    'closed', (select count(*) from slip.pair x join blind.paper p on p.code = x.paper where p.contest = c and not exists (select from slip.opened_first(c) f where f = x.paper)),
    'keys', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name, 'at', t.at) order by t.at, t.account = o.second_key)
      from (select distinct on (x.account) x.account, x.holder, x.at from slip.key_turn x where x.contest = c and x.account in (o.first_key, o.second_key) and x.at <= o.at order by x.account, x.at desc) t
      join contest.key_holder k on k.id = t.holder join account.account a on a.id = t.account),
    'winners', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'prize', r.prize, 'category', r.category, 'unit', r.unit, 'number', r.number, 'title', r.title, 'authors', r.authors) order by r.code), '[]')
      from result.opened r where r.contest = c and r.code in (select slip.opened_first(c))));
end $$;
grant execute on function slip.propose_replacement(uuid, text, text, text, text), slip.confirm_replacement(uuid), slip.drop_replacement(), slip.holders(), slip.replacement(),
  slip.minutes_reader(), slip.seal_minutes(), slip.opening_minutes() to phach_public;
reset role;


set local role phach_blind_owner;
-- The sealed list in its order. Equal marks stand in the order of their codes: a lot that was drawn before anybody knew a name.
create function blind.sealed_order(c uuid) returns table(code text, ranking_group uuid, place int, reserve int, mark int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.code, t.ranking_group, t.place, p.reserve, t.mark from blind.proposal p join blind.standing t on t.contest = p.contest and t.code = p.code
  where p.contest = c and exists (select from blind.seal s where s.contest = c) $$;
grant execute on function blind.sealed_order(uuid) to phach_slip_owner;
reset role;

set local role phach_named_owner;
-- The entry whose paper two key holders struck out: its contestant reads why.
create function named.strike_winner(of_entry uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry;
begin
  select * into strict e from named.entry where id = of_entry for update;
  if e.state <> 'valid' then return; end if;
  insert into named.screening(id, entry, contest, version, verdict, reason, clerk) values (gen_random_uuid(), e.id, e.contest, e.version, 'struck_out', trim(why), phach.account());
  update named.entry set state = 'struck_out', state_at = phach.now() where id = e.id;
  perform record.note(e.contest, 'strike_out', e.id::text, jsonb_build_object('reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.tell(e, 'entry-struck-out', case when e.account is null then jsonb_build_object('reason', trim(why)) else '{}' end);
end $$;
grant execute on function named.strike_winner(uuid, text) to phach_slip_owner;
reset role;

set local role phach_slip_owner;
create table slip.strike(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest, code text not null,
  reason text not null check (length(trim(reason)) between 5 and 500),
  proposed_by uuid not null, proposer_key uuid not null, proposed_at timestamptz not null default phach.now(),
  confirmed_by uuid, confirmed_at timestamptz, dropped_at timestamptz, check (confirmed_by <> proposed_by));
create unique index strike_open on slip.strike(contest, code) where confirmed_at is null and dropped_at is null;
alter table slip.strike enable row level security; alter table slip.strike force row level security;
create policy own on slip.strike to phach_slip_owner using (true) with check (true);

create function slip.propose_strike(of_code text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); mine uuid := slip.hold_key(); s uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('open ' || c::text, 0));
  if not slip.is_open(c) then perform phach.refuse('not_open'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if not exists (select from result.prizes_now(c) w where w.code = of_code) then perform phach.refuse('strike_none'); end if;
  update slip.strike set dropped_at = phach.now() where contest = c and code = of_code and confirmed_at is null and dropped_at is null;
  insert into slip.strike(contest, code, reason, proposed_by, proposer_key) values (c, of_code, trim(why), phach.account(), mine) returning id into s;
  perform account.enqueue_holder_letters('key-strike');
  perform record.note(c, 'propose_strike', of_code, jsonb_build_object('reason', trim(why)));
end $$;
create function slip.drop_strike(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone text;
begin
  update slip.strike set dropped_at = phach.now() where id = of and contest = phach.contest() and confirmed_at is null and dropped_at is null and proposed_by = phach.account() returning code into gone;
  if found then perform record.note(phach.contest(), 'drop_strike', gone, '{}'); end if;
end $$;

-- Crossing: open, for a reserve that moves up. Of one entry, under its code, with the prize that it now has.
create function slip.open_reserve(c uuid, of_code text, of_prize uuid) returns void language plpgsql as $$
begin
  insert into result.opened(contest, code, prize, category, unit, number, title, authors)
    select c, x.paper, of_prize, e.category, e.unit, e.number, e.title,
      (select array_agg(a.name || case when a.pen_name <> '' then ' (' || a.pen_name || ')' else '' end order by a.position) from named.author a where a.version = v.id)
    from slip.pair x join named.entry e on e.id = x.entry join named.version v on v.entry = e.id and v.n = e.version where x.paper = of_code;
end $$;
-- A place that came free from this level down: the sealed list moves up level by level, and the first reserve takes the last one. A place
-- is taken only with its level's least mark, and else stays free. It exists as far as the prize table goes: where equal marks had made a level larger, it shrinks back to the table.
create function slip.move_up(c uuid, struck text, of_prize uuid) returns int language plpgsql as $$
declare z contest.prize; l record; up record; moved int := 0;
begin
  select id, contest, key, name_vi, name_en, kind, ranking_group, level, places, amount, currency, position into strict z from contest.prize where id = of_prize;
  for l in select p.id, p.level, coalesce(p.minimum, 0) as minimum, sum(p.places) over (order by p.level) as upto from contest.prize p
      where p.contest = c and p.kind = 'individual' and p.ranking_group = z.ranking_group order by p.level loop
    continue when l.level < z.level or l.upto <= (select count(*) from result.prizes_now(c) w join contest.prize p on p.id = w.prize
      where p.ranking_group = z.ranking_group and p.level <= l.level);
    select s.code, w.prize into up from blind.sealed_order(c) s left join result.prizes_now(c) w on w.code = s.code left join contest.prize p on p.id = w.prize
      where s.ranking_group = z.ranking_group and s.mark >= l.minimum and (p.level > l.level or (s.reserve is not null and not exists (select from result.opened o where o.contest = c and o.code = s.code)))
      order by s.place limit 1;
    exit when not found;
    if up.prize is null then perform slip.open_reserve(c, up.code, l.id); end if;
    insert into result.moved_up(contest, n, code, struck, from_prize, prize)
      select c, 1 + count(*), up.code, move_up.struck, up.prize, l.id from result.moved_up m where m.contest = c;
    moved := moved + 1;
    exit when up.prize is null;
  end loop;
  return moved;
end $$;
-- How many places of the prize table are filled now in this prize's ranking group: where equal marks give a level more than it has, no more.
create function slip.places_filled(c uuid, of_prize uuid) returns int language sql stable as $$
  select coalesce(sum(least(p.places, (select count(*) from result.prizes_now(c) w where w.prize = p.id))), 0)::int from contest.prize p
  where p.kind = 'individual' and p.ranking_group = (select z.ranking_group from contest.prize z where z.id = of_prize) $$;
create function slip.confirm_strike(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); mine uuid := slip.hold_key(); s slip.strike; had uuid; before int; filled int; moved int; named_as uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('open ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  select * into s from slip.strike where id = of and contest = c and confirmed_at is null and dropped_at is null and proposed_at > phach.now() - interval '7 days' for update;
  if not found then perform phach.refuse('strike_gone'); end if;
  if s.proposed_by = phach.account() or s.proposer_key = mine then perform phach.refuse('strike_two'); end if;
  if not exists (select from contest.key_holder k join account.account a on a.email_key = k.email_key where k.id = s.proposer_key and a.id = s.proposed_by
      and slip.rests_until(a.id) is null) then
    perform phach.refuse('strike_gone');
  end if;
  select w.prize into had from result.prizes_now(c) w where w.code = s.code;
  if not found then perform phach.refuse('strike_none'); end if;
  select count(*) into before from result.opened where contest = c;
  update slip.strike set confirmed_by = phach.account(), confirmed_at = phach.now() where id = s.id;
  filled := slip.places_filled(c, had);
  insert into result.struck_out(contest, code, reason, first_by, second_by, withheld) values (c, s.code, s.reason, s.proposed_by, phach.account(), false);
  moved := slip.move_up(c, s.code, had);
  update result.struck_out x set withheld = true where x.contest = c and x.code = s.code and slip.places_filled(c, had) < filled;
  select x.entry into strict named_as from slip.pair x where x.paper = s.code;
  perform named.strike_winner(named_as, s.reason);
  perform record.note(c, 'strike_winner', s.code, jsonb_build_object('reason', s.reason, 'proposed_by', s.proposed_by, 'moved', moved,
    'slips', (select count(*) from result.opened where contest = c) - before));
  perform result.amend(c, s.reason, s.proposed_by, phach.account());
end $$;
-- What the holders read: the winners as they stand, what is proposed, what was struck out.
create function slip.winners() returns table(code text, prize uuid, category uuid, unit uuid, number int, title text, authors text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.code, w.prize, o.category, o.unit, o.number, n.title, n.authors from result.prizes_now(phach.contest()) w
  join result.opened o on o.contest = phach.contest() and o.code = w.code join result.names_now(phach.contest()) n on n.code = o.code where exists (select from slip.my_key()) order by o.code $$;
create function slip.strikes() returns table(id uuid, code text, number int, title text, authors text[], reason text, proposed_by text, proposed_at timestamptz,
  confirmed_at timestamptz, withheld boolean, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.code, o.number, n.title, n.authors, s.reason, a.name, s.proposed_at, s.confirmed_at, x.withheld, s.proposed_by = phach.account()
  from slip.strike s join result.opened o on o.contest = s.contest and o.code = s.code join result.names_now(s.contest) n on n.code = s.code join account.account a on a.id = s.proposed_by
  left join result.struck_out x on x.contest = s.contest and x.code = s.code and s.confirmed_at is not null
  where s.contest = phach.contest() and s.dropped_at is null and (s.confirmed_at is not null or s.proposed_at > phach.now() - interval '7 days')
    and exists (select from slip.my_key()) order by s.proposed_at $$;
grant execute on function slip.propose_strike(text, text), slip.confirm_strike(uuid), slip.drop_strike(uuid), slip.winners(), slip.strikes() to phach_public;
reset role;
