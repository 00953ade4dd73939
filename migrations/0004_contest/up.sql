-- The rules: public by nature, read by every hat. The organizer writes them through contest.revise; what is frozen, triggers hold.
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
  postmark_by date,                                         -- the last day a postmark may bear
  min_age int check (min_age between 1 and 120),            -- years: the year in which it opens less the year of birth
  guardian_age int check (guardian_age between 1 and 120),  -- counted the same way; who is younger needs a guardian
  bar_officials boolean not null default false,             -- officials and key holders may not enter
  remind_drafts boolean not null default true,              -- who has an unsent draft gets a letter three days and one day before the deadline
  limit_per_category int check (limit_per_category > 0),
  limit_overall int check (limit_overall > 0),
  limit_subject text not null default 'person' check (limit_subject in ('person', 'author-set')),
  readers int not null check (readers between 1 and 9),
  threshold int not null check (threshold >= 0),            -- hundredths of a mark; a third mark strictly above
  third text not null check (third in ('mean3', 'closest-pair', 'third-final')),
  own_result text not null default 'none' check (own_result in ('none', 'mark', 'mark_and_comments')),   -- what a contestant reads of the own marking, once the results are out
  ready boolean not null default false,                     -- nothing is missing without which it could not work
  published_at timestamptz,                                 -- the results, by result.publish
  created_at timestamptz not null default phach.now(),
  constraint contest_dates check (opens_at < closes_at and closes_at <= intake_closes_at and intake_closes_at <= queries_close_at));

create table contest.rubric(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  step int not null check (step > 0),                       -- hundredths
  total int not null check (total >= 0),                    -- hundredths, the sum of the criteria
  position int not null default 1,
  unique (contest, key) deferrable initially deferred);
create table contest.criterion(
  id uuid primary key, contest uuid not null references contest.contest, rubric uuid not null references contest.rubric, key text not null,
  name_vi text not null, name_en text not null, description_vi text not null, description_en text not null,
  max int not null check (max > 0), position int not null, unique (rubric, key) deferrable initially deferred);
create table contest.ranking_group(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null, total int not null, position int not null, unique (contest, key) deferrable initially deferred);
create table contest.category(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  kind text not null check (kind in ('text', 'script')),    -- script: a media work, whose script is what is marked
  min_words int, max_words int,                             -- syllables
  min_authors int not null check (min_authors >= 1), max_authors int not null,
  rubric uuid references contest.rubric,                    -- null only while the rules are being written
  ranking_group uuid references contest.ranking_group,      -- as the rubric
  position int not null, unique (contest, key) deferrable initially deferred, check (max_authors >= min_authors));
create table contest.unit(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null, parent uuid references contest.unit, position int not null,
  unique (contest, key) deferrable initially deferred);
create index unit_parent on contest.unit(parent);
create table contest.prize(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  name_vi text not null, name_en text not null,
  kind text not null check (kind in ('individual', 'collective')),
  ranking_group uuid references contest.ranking_group,
  level int not null check (level >= 1),                    -- 1 is the highest of its group
  places int not null check (places >= 1),
  amount bigint, currency text,
  minimum int check (minimum > 0),                          -- hundredths: who has less does not get it, whatever the place
  -- what a unit must have for a collective prize, with the units under it: so many individual prizes of this level or a higher one, entries
  needs_level int check (needs_level between 1 and 20), needs_prizes int check (needs_prizes > 0), needs_received int check (needs_received > 0), needs_valid int check (needs_valid > 0),
  position int not null, unique (contest, key) deferrable initially deferred,
  check (kind = 'individual' or minimum is null),
  check (kind = 'collective' or num_nonnulls(needs_level, needs_prizes, needs_received, needs_valid) = 0),
  check (kind = 'individual' or ranking_group is null));    -- an individual prize without a group is given to nobody, and named
create table contest.key_holder(
  id uuid primary key, contest uuid not null references contest.contest,
  email_key text not null, office_vi text not null, office_en text not null, position int not null,
  unique (contest, email_key) deferrable initially deferred);
create table contest.by_hand(
  contest uuid not null references contest.contest, position int not null, rule_vi text not null, rule_en text not null,
  primary key (contest, position));
-- What a contestant ticks before submitting, and is asked beside the work.
create table contest.declaration(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  text_vi text not null, text_en text not null, position int not null, unique (contest, key) deferrable initially deferred);
create table contest.question(
  id uuid primary key, contest uuid not null references contest.contest, key text not null,
  text_vi text not null, text_en text not null, kind text not null check (kind in ('text', 'choice')),
  required boolean not null, position int not null, unique (contest, key) deferrable initially deferred);
create table contest.question_choice(
  id uuid primary key, contest uuid not null references contest.contest, question uuid not null references contest.question, key text not null,
  name_vi text not null, name_en text not null, position int not null, unique (question, key) deferrable initially deferred);
-- Whom a contest file names as its organizer; as private as a key holder's address.
create table contest.contact(contest uuid primary key references contest.contest, email_key text not null);
-- A change of the rules after submissions opened: dated and public. `what`: [{field, row, old, new}], as the page shows it.
create table contest.change(
  contest uuid not null references contest.contest, n int not null, section text not null, reason text not null check (length(trim(reason)) between 5 and 500),
  what jsonb not null, at timestamptz not null default phach.now(), primary key (contest, n));
-- Later dates for everybody: one person proposes, another confirms. Until then nobody but officials reads of it.
create table contest.extension(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  closes_at timestamptz not null, intake_closes_at timestamptz not null, queries_close_at timestamptz not null, postmark_by date,
  reason text not null check (length(trim(reason)) between 5 and 500),
  proposed_by uuid not null, proposed_at timestamptz not null default phach.now(),
  confirmed_by uuid, confirmed_at timestamptz, dropped_at timestamptz,
  check (confirmed_by <> proposed_by), check (closes_at <= intake_closes_at and intake_closes_at <= queries_close_at));
create unique index extension_open on contest.extension(contest) where confirmed_at is null and dropped_at is null;

-- The organizer's waiver: late entries cut in a batch of fewer than five, with a reason that everybody reads.
create table contest.waiver(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  category uuid not null references contest.category, reason text not null check (length(trim(reason)) between 5 and 500),
  at timestamptz not null default phach.now());

do $$
declare t text; cols text;
begin
  foreach t in array array['contest', 'rubric', 'criterion', 'ranking_group', 'category', 'unit', 'prize', 'by_hand', 'waiver',
      'declaration', 'question', 'question_choice', 'change'] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
      where attrelid = ('contest.' || t)::regclass and attnum > 0 and not attisdropped;
    execute format('grant select (%s) on contest.%I to phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader,
      phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor, phach_account_owner, phach_named_owner,
      phach_blind_owner, phach_slip_owner, phach_result_owner', cols, t);
  end loop;
end $$;
grant select (id, contest, office_vi, office_en, position) on contest.key_holder to phach_public, phach_contestant, phach_clerk,
  phach_judge, phach_chair, phach_organizer, phach_auditor;
grant select (id, contest, email_key, office_vi, office_en, position) on contest.key_holder to phach_slip_owner, phach_account_owner, phach_named_owner;
grant select (id, contest, closes_at, intake_closes_at, queries_close_at, postmark_by, reason, proposed_by, proposed_at, confirmed_at, dropped_at)
  on contest.extension to phach_account_owner;
grant references on contest.contest, contest.category, contest.unit, contest.ranking_group, contest.prize, contest.rubric
  to phach_account_owner, phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner;

-- Units above and including u: who is "of U or of a unit under U".
create function contest.unit_line(u uuid) returns setof uuid language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive line(id, parent) as (
    select id, parent from contest.unit where id = u
    union all select p.id, p.parent from contest.unit p join line on p.id = line.parent)
  select id from line $$;
grant execute on function contest.unit_line(uuid) to phach_named_owner, phach_slip_owner, phach_result_owner, phach_blind_owner, phach_organizer;

-- How far marking has come, from the blind side: 0 not cut, 1 cut, 2 assigned, 3 closed, 4 sealed (blind.stage).
-- What is frozen then, for whoever writes as the owner, whichever function it is; the argument is the stage that freezes.
create function contest.hold_stage() returns trigger language plpgsql as $$
declare c uuid;
begin
  if current_user <> 'phach_owner' then return null; end if;   -- the administrator's own hand
  if tg_op = 'DELETE' then c := old.contest; else c := new.contest; end if;
  if blind.stage(c) >= tg_argv[0]::int then
    perform phach.refuse(case tg_argv[0] when '2' then 'rules_frozen_marking' else 'rules_frozen_seal' end);
  end if;
  return null;
end $$;
create trigger hold after insert or update or delete on contest.rubric for each row execute function contest.hold_stage(2);
create trigger hold after insert or update or delete on contest.criterion for each row execute function contest.hold_stage(2);
create trigger hold after insert or update or delete on contest.ranking_group for each row execute function contest.hold_stage(2);
create trigger hold after insert or delete on contest.category for each row execute function contest.hold_stage(2);
create trigger hold_marked after update on contest.category for each row when (old.rubric is distinct from new.rubric
  or old.ranking_group is distinct from new.ranking_group) execute function contest.hold_stage(2);
create trigger hold after insert or update or delete on contest.prize for each row execute function contest.hold_stage(4);
create trigger hold after insert or update or delete on contest.key_holder for each row execute function contest.hold_stage(4);

-- Submissions are open, or were: the rules are complete and their hour has come.
create function contest.has_opened(k contest.contest) returns boolean language sql stable as $$ select k.ready and phach.now() >= k.opens_at $$;

create function contest.hold_head() returns trigger language plpgsql as $$
declare stage int;
begin
  if current_user <> 'phach_owner' then return null; end if;
  stage := blind.stage(new.id);
  if stage >= 2 and (old.readers, old.threshold, old.third, old.own_result) is distinct from (new.readers, new.threshold, new.third, new.own_result) then
    perform phach.refuse('rules_frozen_marking');
  end if;
  if not contest.has_opened(old) then return null; end if;
  if (old.slug, old.separation, old.opens_at, old.timezone) is distinct from (new.slug, new.separation, new.opens_at, new.timezone) then
    perform phach.refuse('rules_frozen_open');
  end if;
  if (old.closes_at, old.intake_closes_at, old.queries_close_at, old.postmark_by) is not distinct from
     (new.closes_at, new.intake_closes_at, new.queries_close_at, new.postmark_by) then return null; end if;
  if stage >= 1 then perform phach.refuse('dates_cut'); end if;
  if new.closes_at < old.closes_at or new.intake_closes_at < old.intake_closes_at or new.queries_close_at < old.queries_close_at
     or new.postmark_by < old.postmark_by or (new.postmark_by is not null and old.postmark_by is null) then
    perform phach.refuse('dates_only_later');
  end if;
  if new.closes_at <> old.closes_at and not exists (select from contest.extension e
      where e.contest = new.id and e.confirmed_at is not null and e.closes_at = new.closes_at) then
    perform phach.refuse('dates_by_extension');
  end if;
  return null;
end $$;
create trigger hold after update on contest.contest for each row execute function contest.hold_head();

-- What a set of rules lacks. `blocks`: without it the program could not work, so submissions do not open.
create function contest.problems_of(c uuid) returns table(problem text, blocks boolean, what_vi text, what_en text) language sql stable as $$
  with used as (select k.id, k.key, k.name_vi, k.name_en, k.rubric, k.ranking_group, r.total, r.name_vi as rubric_vi, r.name_en as rubric_en
    from contest.category k left join contest.rubric r on r.id = k.rubric where k.contest = c)
  select 'no-category', true, '', '' where not exists (select from used)
  union all select 'category-no-rubric', true, name_vi, name_en from used where rubric is null
  union all select 'category-no-group', true, name_vi, name_en from used where ranking_group is null
  union all select distinct 'rubric-no-criteria', true, rubric_vi, rubric_en from used
    where rubric is not null and not exists (select from contest.criterion x where x.rubric = used.rubric)
  union all select 'totals-differ', true, g.name_vi, g.name_en from contest.ranking_group g join used on used.ranking_group = g.id
    where g.contest = c and used.rubric is not null group by g.id having count(distinct used.total) > 1
  union all select 'threshold-high', true, max(rubric_vi), max(rubric_en) from used join contest.contest k on k.id = c and k.threshold >= used.total
    where used.total > 0 group by used.rubric
  union all select 'minimum-high', false, p.name_vi, p.name_en from contest.prize p
    where p.contest = c and p.minimum > (select min(total) from used where used.ranking_group = p.ranking_group and total > 0)
  union all select 'holders-few', true, '', '' where (select count(*) from contest.key_holder where contest = c) < 2
  union all select 'holders-two', false, '', '' where (select count(*) from contest.key_holder where contest = c) = 2
  union all select 'rubric-unused', false, name_vi, name_en from contest.rubric r where contest = c and not exists (select from used where rubric = r.id)
  union all select 'group-unused', false, name_vi, name_en from contest.ranking_group g where contest = c and not exists (select from used where ranking_group = g.id)
  union all select 'prize-no-group', false, name_vi, name_en from contest.prize where contest = c and kind = 'individual' and ranking_group is null
  union all select 'group-no-prize', false, name_vi, name_en from contest.ranking_group g where contest = c
    and exists (select from used where ranking_group = g.id) and not exists (select from contest.prize where ranking_group = g.id)
  union all select 'choice-without-choices', true, text_vi, text_en from contest.question q where contest = c and kind = 'choice'
    and (select count(*) from contest.question_choice where question = q.id) < 2
  union all select 'postmark-no-intake', false, '', '' from contest.contest where id = c and postmark_by is not null and intake_closes_at = closes_at
  union all select 'host-empty', false, '', '' from contest.contest where id = c and host_vi = ''
  union all select 'summary-empty', false, '', '' from contest.contest where id = c and summary_vi = '' $$;

-- The parts of the rules, each a table with a column `contest`: rows of r are written, rows not in r go. An id that is
-- another contest's changes nothing.
create function contest.write(c uuid, r jsonb) returns void language plpgsql as $$
declare
  parts constant text[] := array['rubrics', 'criteria', 'ranking_groups', 'categories', 'units', 'prizes', 'key_holders', 'declarations', 'questions', 'question_choices'];
  tables constant text[] := array['rubric', 'criterion', 'ranking_group', 'category', 'unit', 'prize', 'key_holder', 'declaration', 'question', 'question_choice'];
  cols text; sets text; list jsonb; t text;
begin
  for i in 1..array_length(tables, 1) loop
    select string_agg(quote_ident(attname), ', '), string_agg(format('%1$I = excluded.%1$I', attname), ', ') filter (where attname not in ('id', 'contest'))
      into cols, sets from pg_attribute where attrelid = ('contest.' || tables[i])::regclass and attnum > 0 and not attisdropped;
    select coalesce(jsonb_agg(x || jsonb_build_object('contest', c)), '[]') into list from jsonb_array_elements(coalesce(r -> parts[i], '[]')) x;
    execute format('insert into contest.%1$I as t (%2$s) select %2$s from jsonb_populate_recordset(null::contest.%1$I, $1)
      on conflict (id) do update set %3$s where t.contest = excluded.contest and (t.*) is distinct from (excluded.*)', tables[i], cols, sets) using list;
  end loop;
  for i in reverse array_length(tables, 1)..1 loop
    t := tables[i];
    begin
      execute format('delete from contest.%I t where t.contest = $1 and not exists (select from jsonb_array_elements(coalesce($2, ''[]'')) x where (x->>''id'')::uuid = t.id)', t)
        using c, r -> parts[i];
    exception when foreign_key_violation then
      perform phach.refuse(case t when 'category' then 'category_in_use' when 'unit' then 'unit_in_use' else 'rule_in_use' end);
    end;
  end loop;
  delete from contest.by_hand where contest = c;
  insert into contest.by_hand select c, position, rule_vi, rule_en from jsonb_populate_recordset(null::contest.by_hand, coalesce(r -> 'by_hand', '[]'));
  set constraints all immediate;
  if exists (select from contest.prize where contest = c and (kind = 'collective' or ranking_group is not null) group by ranking_group, level having count(*) > 1) then
    perform phach.refuse('prize_level_taken');
  end if;
  update contest.contest set ready = not exists (select from contest.problems_of(c) where blocks) where id = c;
end $$;

-- Writes a whole ruleset, as the program has read it from a file or a form. Only account.create_contest calls it.
create function contest.create(r jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := (r->>'id')::uuid;
begin
  insert into contest.contest select x.* from jsonb_populate_record(null::contest.contest,
    jsonb_build_object('bar_officials', false, 'remind_drafts', true, 'limit_subject', 'person', 'own_result', 'none', 'created_at', phach.now()) || r || '{"ready": false}') x;
  perform contest.write(c, r);
  insert into contest.contact select c, r->>'organizer' where r->>'organizer' is not null;
  return c;
end $$;
grant execute on function contest.create(jsonb) to phach_account_owner;

-- Who changes the rules waits for whoever does the same, for an assignment, a seal, or a cut under way.
create function contest.hold_rules(c uuid) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('rules ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
end $$;

-- The rules as contest.revise takes them: whoever reads them to change them holds them first. Key holders' addresses with them.
create function contest.rules(to_change boolean) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  if to_change then perform contest.hold_rules(c); end if;
  return (select to_jsonb(k) from contest.contest k where id = c) || jsonb_build_object(
    'organizer', (select email_key from contest.contact where contest = c),
    'rubrics', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position, x.key), '[]') from contest.rubric x where contest = c),
    'criteria', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.criterion x where contest = c),
    'ranking_groups', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.ranking_group x where contest = c),
    'categories', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.category x where contest = c),
    'units', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.unit x where contest = c),
    'prizes', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.prize x where contest = c),
    'key_holders', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.key_holder x where contest = c),
    'declarations', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.declaration x where contest = c),
    'questions', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.question x where contest = c),
    'question_choices', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.question_choice x where contest = c),
    'by_hand', (select coalesce(jsonb_agg(to_jsonb(x) order by x.position), '[]') from contest.by_hand x where contest = c));
end $$;

-- A changed set of rules: freely until submissions open, afterwards with a reason that everybody reads.
create function contest.revise(a_section text, r jsonb, why text, moved jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); was contest.contest; became contest.contest; late boolean; cols text; holders text[];
begin
  perform contest.hold_rules(c);
  select * into strict was from contest.contest where id = c;
  late := contest.has_opened(was);
  holders := array(select email_key from contest.key_holder where contest = c);
  if late and length(trim(why)) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  select string_agg(quote_ident(attname), ', ') into cols from pg_attribute
    where attrelid = 'contest.contest'::regclass and attnum > 0 and not attisdropped and attname not in ('id', 'ready', 'created_at', 'published_at');
  execute format('update contest.contest k set (%1$s) = (select %1$s from jsonb_populate_record($1, $2)) where k.id = $3', cols) using was, r, c;
  perform contest.write(c, r);
  select * into became from contest.contest where id = c;
  if late and not became.ready then perform phach.refuse('rules_would_break'); end if;
  -- From the opening of submissions on, keys change hands by two holders (slip.confirm_replacement). An address that nobody has taken up
  -- is no key yet: the organizer mends it.
  if late and ((select count(*) from contest.key_holder where contest = c) > cardinality(holders) or exists (select from unnest(holders) h
      where account.holds_key(c, h) and not exists (select from contest.key_holder k where k.contest = c and k.email_key = h))) then
    perform phach.refuse('holders_by_two');
  end if;
  if blind.stage(c) = 1 then perform blind.follow_rules(c); end if;
  if late and became.guardian_age is distinct from was.guardian_age then perform named.review_guardians(c); end if;
  if became.separation <> was.separation then perform account.follow_separation(c, became.separation = 'strict'); end if;
  if late then
    insert into contest.change(contest, n, section, reason, what)
      select c, 1 + count(*), a_section, trim(why), moved from contest.change where contest = c;
  end if;
  perform record.note(c, 'change_rules', c::text, jsonb_build_object('section', a_section, 'reason', trim(why), 'what', moved, 'rules', r->>'rules_sha256'));
end $$;

-- A key in other hands, or one more (of_holder null), as two holders have confirmed; the trigger holds it back after the seal.
create function contest.change_holder(of_holder uuid, new_email text, an_office_vi text, an_office_en text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); k contest.contest; was contest.key_holder;
begin
  select * into strict k from contest.contest where id = c;
  select * into was from contest.key_holder where id = of_holder and contest = c;
  if of_holder is null then
    insert into contest.key_holder(id, contest, email_key, office_vi, office_en, position)
      select gen_random_uuid(), c, new_email, an_office_vi, an_office_en, 1 + max(position) from contest.key_holder where contest = c;
  else
    update contest.key_holder set email_key = new_email, office_vi = an_office_vi, office_en = an_office_en where id = of_holder and contest = c;
    if not found then perform phach.refuse('replacement_gone'); end if;
  end if;
  if contest.has_opened(k) then
    insert into contest.change(contest, n, section, reason, what)
      select c, 1 + count(*), 'holders', trim(why), jsonb_build_array(jsonb_build_object('field', case when of_holder is null then 'holder-added' else 'holder-replaced' end,
        'row', '', 'old', coalesce(was.office_vi, ''), 'new', an_office_vi)) from contest.change where contest = c;
  end if;
end $$;
grant execute on function contest.change_holder(uuid, text, text, text, text), contest.hold_rules(uuid) to phach_slip_owner;

-- For the organizer's pages: whether submissions have opened, how far marking is, what the rules lack.
create function contest.standing() returns table(opened boolean, stage int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select contest.has_opened(k), blind.stage(k.id) from contest.contest k where k.id = phach.contest();
end $$;
create function contest.problems() returns table(problem text, blocks boolean, what_vi text, what_en text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select * from contest.problems_of(phach.contest()) $$;
grant execute on function contest.rules(boolean), contest.revise(text, jsonb, text, jsonb), contest.standing(), contest.problems() to phach_organizer;

-- A general extension. Proposed by an organizer; account.confirm_extension lets a second official confirm it.
create function contest.check_extension(e contest.extension) returns void language plpgsql as $$
declare k contest.contest;
begin
  select * into strict k from contest.contest where id = e.contest;
  if not contest.has_opened(k) then perform phach.refuse('extension_not_open'); end if;
  if blind.stage(k.id) >= 1 then perform phach.refuse('dates_cut'); end if;
  if e.closes_at <= k.closes_at or e.closes_at <= phach.now() or e.intake_closes_at < k.intake_closes_at or e.queries_close_at < k.queries_close_at
     or e.postmark_by < k.postmark_by or (e.postmark_by is null) <> (k.postmark_by is null) then
    perform phach.refuse('dates_only_later');
  end if;
end $$;
create function contest.propose_extension(closes timestamptz, intake timestamptz, queries timestamptz, postmark date, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); e contest.extension;
begin
  perform contest.hold_rules(c);
  if length(trim(why)) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  update contest.extension set dropped_at = phach.now() where contest = c and confirmed_at is null and dropped_at is null;
  insert into contest.extension(contest, closes_at, intake_closes_at, queries_close_at, postmark_by, reason, proposed_by)
    values (c, closes, intake, queries, postmark, trim(why), phach.account()) returning * into e;
  perform contest.check_extension(e);
  perform record.note(c, 'propose_extension', e.id::text, jsonb_build_object('closes_at', closes, 'reason', trim(why)));
end $$;
create function contest.drop_extension() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update contest.extension set dropped_at = phach.now() where contest = phach.contest() and confirmed_at is null and dropped_at is null;
  if found then perform record.note(phach.contest(), 'drop_extension', phach.contest()::text, '{}'); end if;
end $$;
create function contest.confirm_extension(of uuid, who uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); e contest.extension; k contest.contest;
begin
  perform contest.hold_rules(c);
  select * into e from contest.extension where id = of and contest = c and confirmed_at is null and dropped_at is null for update;
  if not found then perform phach.refuse('extension_gone'); end if;
  if e.proposed_by = who then perform phach.refuse('extension_two'); end if;
  perform contest.check_extension(e);
  select * into strict k from contest.contest where id = c;
  update contest.extension set confirmed_by = who, confirmed_at = phach.now() where id = e.id;
  update contest.contest set closes_at = e.closes_at, intake_closes_at = e.intake_closes_at, queries_close_at = e.queries_close_at,
    postmark_by = e.postmark_by where id = c;
  insert into contest.change(contest, n, section, reason, what)
    select c, 1 + count(*), 'extension', e.reason, jsonb_build_array(jsonb_build_object('field', 'closes-at', 'row', '',
      'old', to_char(k.closes_at at time zone k.timezone, 'YYYY-MM-DD HH24:MI'), 'new', to_char(e.closes_at at time zone k.timezone, 'YYYY-MM-DD HH24:MI')))
    from contest.change where contest = c;
  perform record.note(c, 'extend', e.id::text, jsonb_build_object('closes_at', e.closes_at, 'was', k.closes_at, 'reason', e.reason, 'proposed_by', e.proposed_by));
end $$;
grant execute on function contest.drop_extension() to phach_organizer;
grant execute on function contest.propose_extension(timestamptz, timestamptz, timestamptz, date, text), contest.confirm_extension(uuid, uuid) to phach_account_owner;

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
-- In the transaction of the publication, so that every page may say it without asking the room of results.
create function contest.mark_published(c uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update contest.contest set published_at = phach.now() where id = c $$;
grant execute on function contest.mark_published(uuid) to phach_result_owner;
reset role;
