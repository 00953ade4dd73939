-- The slip: entry ↔ paper and nothing else. Nobody reads it; what passes, passes through the functions below.

-- What the crossings read of each side.
set local role phach_named_owner;
create policy slip on named.entry for select to phach_slip_owner using (true);
create policy slip on named.version for select to phach_slip_owner using (true);
create policy slip on named.author for select to phach_slip_owner using (true);
grant select (id, contest, account, state, number, version, category, unit, title, cut), references (id) on named.entry to phach_slip_owner;
grant select (id, entry, n, unit) on named.version to phach_slip_owner;
grant select (version, position, name, name_key, pen_name, email_key) on named.author to phach_slip_owner;
reset role;

set local role phach_slip_owner;

create table slip.pair(
  entry uuid primary key references named.entry,
  paper text not null unique references blind.paper);
create table slip.cut_made(
  id uuid primary key default gen_random_uuid(), category uuid not null references contest.category,
  entries int not null, at timestamptz not null default phach.now());
create table slip.key_turn(
  contest uuid not null references contest.contest, account uuid not null references account.account,
  holder uuid not null,   -- whose key; two accounts at one address in turn are one holder
  at timestamptz not null default phach.now(),
  primary key (contest, account, at));
create table slip.opening(contest uuid primary key references contest.contest, first_key uuid not null, second_key uuid not null, at timestamptz not null default phach.now());

do $$
declare t text;
begin
  foreach t in array array['pair', 'cut_made', 'key_turn', 'opening'] loop
    execute format('alter table slip.%I enable row level security', t);
    execute format('alter table slip.%I force row level security', t);
    execute format('create policy own on slip.%I to phach_slip_owner using (true) with check (true)', t);
  end loop;
end $$;
grant usage on schema slip to phach_clerk, phach_dealer, phach_chair, phach_public, phach_organizer, phach_auditor, phach_blind_owner, phach_result_owner;
reset role;

set local role phach_slip_owner;
-- Crossing: cut.
create function slip.cut(of_category uuid) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare cat contest.category; c contest.contest; n int; last_cut timestamptz;
begin
  select * into cat from contest.category where id = of_category and contest = phach.contest();
  if not found then perform phach.refuse('enter_not_found'); end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('rules ' || cat.contest::text, 0));   -- no change of the rules meanwhile
  select * into c from contest.contest where id = cat.contest;
  select * into cat from contest.category where id = of_category;
  perform pg_advisory_xact_lock(hashtextextended('slip.cut ' || of_category::text, 0));
  if phach.now() < c.queries_close_at or phach.now() < c.intake_closes_at then perform phach.refuse('cut_too_early'); end if;
  if blind.stage(c.id) >= 3 then perform phach.refuse('cut_closed'); end if;
  select max(at) into last_cut from slip.cut_made where category = of_category;
  -- one statement; both inserts in code order, so that neither table's order tells the order of entry
  with taken as materialized (select t.entry, t.title, t.body, phach.random_word(10) as code from named.take_for_cut(of_category) t),
  papers as (insert into blind.paper(code, contest, category, ranking_group, title, body, wanted)
    select code, c.id, cat.id, cat.ranking_group, title, body, c.readers from taken order by code)
  insert into slip.pair(entry, paper) select entry, code from taken order by code;
  get diagnostics n = row_count;
  if n = 0 then perform phach.refuse('cut_nothing'); end if;
  if last_cut is not null and n < 5 and not exists (select from contest.waiver w where w.category = of_category and w.at > last_cut) then
    perform phach.refuse('cut_batch_small');
  end if;
  insert into slip.cut_made(category, entries) values (of_category, n);
  perform record.note(c.id, 'cut', of_category::text, jsonb_build_object('entries', n));
  return n;
end $$;
grant execute on function slip.cut(uuid) to phach_clerk;
-- Whether a valid entry waits for the cut: what has no papers is closed only where none can come. For the blind side's own functions.
create function slip.cut_waits(c uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from named.entry e where e.contest = c and e.state = 'valid' and not e.cut);
end $$;
grant execute on function slip.cut_waits(uuid) to phach_blind_owner;
create function slip.cuts() returns table(category uuid, entries int, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.category, m.entries, m.at from slip.cut_made m join contest.category k on k.id = m.category where k.contest = phach.contest() order by m.at $$;
grant execute on function slip.cuts() to phach_clerk, phach_organizer, phach_auditor;

-- Crossing: exclude. Pairs without a reason: a unit declared, or one under it; the same person; an acquaintance declared.
-- Each cause is a join by equality: 2,000 judges and 100,000 papers are 200 million pairs to try otherwise.
create function slip.excluded_pairs(c uuid) returns table(judge uuid, paper text)
language sql stable as $$
  with d as (select distinct on (x.judge) x.judge, x.units, x.people_keys from blind.declaration x where x.contest = c order by x.judge, x.at desc),
  e as materialized (select p.paper, e.account, e.unit, v.id as version from slip.pair p join named.entry e on e.id = p.entry
        join named.version v on v.entry = e.id and v.n = e.version where e.contest = c),
  line as (select u.id as unit, above from contest.unit u cross join lateral contest.unit_line(u.id) above where u.contest = c),
  by_unit as (select d.judge, e.paper from d cross join lateral unnest(d.units) declared join line on line.above = declared join e on e.unit = line.unit),
  j as (select h.account as judge, a.email_key from account.hat h join account.account a on a.id = h.account where h.contest = c and h.hat = 'judge'),
  same as (select j.judge, e.paper from j join e on e.account = j.judge
    union all select j.judge, e.paper from j join named.author x on x.email_key = j.email_key join e on e.version = x.version),
  called as (select e.paper, x.name_key as key from e join named.author x on x.version = e.version
    union all select e.paper, x.email_key from e join named.author x on x.version = e.version
    union all select e.paper, phach.fold(x.pen_name) from e join named.author x on x.version = e.version where x.pen_name <> ''),
  known as (select d.judge, called.paper from d cross join lateral unnest(d.people_keys) person join called on called.key = person where person <> '')
  select judge, paper from by_unit union select judge, paper from same union select judge, paper from known $$;
create function slip.exclusions() returns table(judge uuid, paper text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select judge, paper from slip.excluded_pairs(phach.contest()) $$;
-- People see counts per ranking group, and none below five.
create function slip.exclusion_counts() returns table(ranking_group uuid, pairs int)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.ranking_group, case when count(x.judge) >= 5 then count(x.judge)::int end
  from blind.paper p left join slip.excluded_pairs(phach.contest()) x on x.paper = p.code
  where p.contest = phach.contest() group by p.ranking_group $$;
grant execute on function slip.exclusions() to phach_dealer, phach_blind_owner;
grant execute on function slip.exclusion_counts() to phach_chair, phach_dealer;
reset role;
