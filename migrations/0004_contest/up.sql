-- The rules: public by nature, written once by contest.create and read by every hat.
set local role phach_owner;

create table contest.contest(
  id uuid primary key,
  slug text not null constraint contest_slug_once unique check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) between 3 and 40),
  title_vi text not null, title_en text not null,
  host_vi text not null, host_en text not null,
  summary_vi text not null, summary_en text not null,
  timezone text not null,
  lang text not null check (lang in ('vi', 'en')),          -- the contest's own language, of its letters
  separation text not null check (separation in ('strict', 'declared')),
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  intake_closes_at timestamptz not null,
  queries_close_at timestamptz not null,
  limit_per_category int check (limit_per_category > 0),
  limit_overall int check (limit_overall > 0),
  readers int not null check (readers between 1 and 9),
  threshold int not null check (threshold >= 0),            -- hundredths of a mark; a third mark strictly above
  third text not null check (third in ('mean3', 'closest-pair', 'third-final')),
  created_at timestamptz not null default phach.now(),
  constraint contest_dates check (opens_at < closes_at and closes_at <= intake_closes_at and intake_closes_at <= queries_close_at));

create table contest.rubric(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  step int not null check (step > 0),                       -- hundredths
  total int not null check (total > 0),                     -- hundredths, the sum of the criteria
  unique (contest, key));
create table contest.criterion(
  id uuid primary key, rubric uuid not null references contest.rubric, key text not null,
  name_vi text not null, name_en text not null, description_vi text not null, description_en text not null,
  max int not null check (max > 0), position int not null, unique (rubric, key));
create table contest.ranking_group(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null, total int not null, position int not null, unique (contest, key));
create table contest.category(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  kind text not null check (kind in ('text', 'script')),    -- script: a media work, whose script is what is marked
  min_words int, max_words int,                             -- syllables
  min_authors int not null check (min_authors >= 1), max_authors int not null,
  rubric uuid not null references contest.rubric,
  ranking_group uuid not null references contest.ranking_group,
  position int not null, unique (contest, key), check (max_authors >= min_authors));
create table contest.unit(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null, parent uuid references contest.unit, position int not null, unique (contest, key));
create index unit_parent on contest.unit(parent);
create table contest.prize(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  kind text not null check (kind in ('individual', 'collective')),
  ranking_group uuid references contest.ranking_group,
  level int not null check (level >= 1),                    -- 1 is the highest of its group
  places int not null check (places >= 1),
  amount bigint, currency text, position int not null, unique (contest, key),
  check ((kind = 'individual') = (ranking_group is not null)));
create unique index prize_level_once on contest.prize(ranking_group, level) where kind = 'individual';
create table contest.key_holder(
  id uuid primary key, contest uuid not null references contest.contest,
  email_key text not null, office_vi text not null, office_en text not null, position int not null, unique (contest, email_key));
create table contest.by_hand(
  contest uuid not null references contest.contest, position int not null, rule_vi text not null, rule_en text not null,
  primary key (contest, position));
-- The organizer's waiver: late entries cut in a batch of fewer than five, with a reason that everybody reads.
create table contest.waiver(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  category uuid not null references contest.category, reason text not null check (length(trim(reason)) between 5 and 500),
  at timestamptz not null default phach.now());

do $$
declare t text; cols text;
begin
  foreach t in array array['contest', 'rubric', 'criterion', 'ranking_group', 'category', 'unit', 'prize', 'by_hand', 'waiver'] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
      where attrelid = ('contest.' || t)::regclass and attnum > 0 and not attisdropped;
    execute format('grant select (%s) on contest.%I to phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader,
      phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor, phach_account_owner, phach_named_owner,
      phach_blind_owner, phach_slip_owner, phach_result_owner', cols, t);
  end loop;
end $$;
grant select (id, contest, office_vi, office_en, position) on contest.key_holder to phach_public, phach_contestant, phach_clerk,
  phach_judge, phach_chair, phach_organizer, phach_auditor;
grant select (id, contest, email_key, office_vi, office_en, position) on contest.key_holder to phach_slip_owner, phach_account_owner;
grant references on contest.contest, contest.category, contest.unit, contest.ranking_group, contest.prize, contest.rubric
  to phach_account_owner, phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner;

-- Units above and including u: who is "of U or of a unit under U".
create function contest.unit_line(u uuid) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive line(id, parent) as (
    select id, parent from contest.unit where id = u
    union all select p.id, p.parent from contest.unit p join line on p.id = line.parent)
  select id from line $$;
grant execute on function contest.unit_line(uuid) to phach_named_owner, phach_slip_owner, phach_result_owner, phach_blind_owner, phach_organizer;

-- Writes a whole ruleset, as the program's contest-file reader has checked it. Only account.create_contest calls it.
create function contest.create(r jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := (r->>'id')::uuid;
begin
  insert into contest.contest(id, slug, title_vi, title_en, host_vi, host_en, summary_vi, summary_en, timezone, lang, separation,
    opens_at, closes_at, intake_closes_at, queries_close_at, limit_per_category, limit_overall, readers, threshold, third)
  select c, slug, title_vi, title_en, host_vi, host_en, summary_vi, summary_en, timezone, lang, separation,
    opens_at, closes_at, intake_closes_at, queries_close_at, limit_per_category, limit_overall, readers, threshold, third
  from jsonb_populate_record(null::contest.contest, r);
  insert into contest.rubric select * from jsonb_populate_recordset(null::contest.rubric, r->'rubrics');
  insert into contest.criterion select * from jsonb_populate_recordset(null::contest.criterion, r->'criteria');
  insert into contest.ranking_group select * from jsonb_populate_recordset(null::contest.ranking_group, r->'ranking_groups');
  insert into contest.category select * from jsonb_populate_recordset(null::contest.category, r->'categories');
  insert into contest.unit select * from jsonb_populate_recordset(null::contest.unit, r->'units');
  insert into contest.prize select * from jsonb_populate_recordset(null::contest.prize, r->'prizes');
  insert into contest.key_holder select * from jsonb_populate_recordset(null::contest.key_holder, r->'key_holders');
  insert into contest.by_hand select * from jsonb_populate_recordset(null::contest.by_hand, r->'by_hand');
  if (select count(*) from contest.key_holder where contest = c) < 2 then perform phach.refuse('key_holders_too_few'); end if;
  return c;
end $$;
grant execute on function contest.create(jsonb) to phach_account_owner;

-- The waiver is the organizer's; contest.contest is the contest of the hat.
create function contest.waive(of_category uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from contest.category where id = of_category and contest = phach.contest()) then
    perform phach.refuse('not_found');
  end if;
  insert into contest.waiver(contest, category, reason) values (phach.contest(), of_category, why);
  perform record.note(phach.contest(), 'waive_batch', of_category::text, jsonb_build_object('reason', why));
end $$;
grant execute on function contest.waive(uuid, text) to phach_organizer;
reset role;
