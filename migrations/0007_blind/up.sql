-- The blind side: papers under codes, assignments, mark sheets, agreed marks, standings. Nothing here knows an author.
set local role phach_blind_owner;

create table blind.paper(
  code text primary key,
  contest uuid not null references contest.contest,
  category uuid not null references contest.category,
  ranking_group uuid not null references contest.ranking_group,
  title text not null,
  body text not null,
  wanted int not null,                    -- readings still owed to the paper by the rules, less those excused
  marks int[] not null default '{}',      -- totals of the first markings, hundredths, ascending: no order of time
  third int,                              -- the third mark
  third_wanted boolean not null default false,
  agreed int,                             -- hundredths
  agreed_how text check (agreed_how in ('mean', 'third', 'chair', 'extra')),
  extra int not null default 0 check (extra >= 0),   -- readings the chair ordered because of a tie (in `wanted` too): the mean of all is agreed then
  retired boolean not null default false, -- out of marking: out of sight, but for the auditor, to whom nothing changes
  new_text boolean not null default false,-- it was read before its text was amended: the chair decides on re-reading
  constraint paper_readings check (cardinality(marks) <= wanted));
alter table blind.paper alter column body set compression lz4;
create index paper_contest on blind.paper(contest, ranking_group, code);
create index paper_extra on blind.paper(contest) where extra > 0;

create table blind.declaration(
  id uuid primary key default gen_random_uuid(),
  contest uuid not null references contest.contest, judge uuid not null references account.account,
  units uuid[] not null, people text[] not null, people_keys text[] not null,
  at timestamptz not null default phach.now());
create index declaration_judge on blind.declaration(contest, judge, at desc);

create table blind.deal(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  seed int not null,                      -- which of blind.seed
  input text not null default '',         -- all that the assignment started from, for its replay: nobody's to read
  input_sha256 bytea not null, dealt int not null, at timestamptz not null default phach.now());
alter table blind.deal alter column input set compression lz4;
create table blind.shortage(
  deal uuid not null references blind.deal, contest uuid not null, paper text not null references blind.paper, missing int not null,
  primary key (deal, paper));
create table blind.assignment(
  judge uuid not null references account.account, paper text not null references blind.paper,
  contest uuid not null references contest.contest,
  third boolean not null default false,
  state text not null default 'open' check (state in ('open', 'marked', 'recused')),
  place double precision not null default random(),       -- the judge's own shuffled order
  opened boolean not null default false,                  -- its judge has seen the text
  moved boolean not null default false,                   -- taken away by the batch, not sent back: the judge has it no more
  deal uuid,                                              -- which assignment gave it
  shared uuid,                                            -- which one took it, for a judge who came late
  primary key (judge, paper));
create index assignment_paper on blind.assignment(paper);
create index assignment_order on blind.assignment(contest, judge, place, paper);   -- a judge's own order
create table blind.recusal(
  judge uuid not null, paper text not null, contest uuid not null,
  reason text not null check (reason in ('recognised', 'helped', 'relation', 'unwell', 'cannot-say')),
  primary key (judge, paper), foreign key (judge, paper) references blind.assignment(judge, paper));
-- The mark sheet in the making: a judge's own, overwritten as it is typed.
create table blind.draft(
  judge uuid not null, paper text not null, contest uuid not null,
  marks jsonb not null default '{}', comment text not null default '' check (length(comment) <= 5000),
  note text not null default '' check (length(note) <= 5000), saved_at timestamptz not null default phach.now(),
  primary key (judge, paper), foreign key (judge, paper) references blind.assignment(judge, paper));
-- A mark sheet, once: {criterion key: hundredths}.
create table blind.sheet(
  id uuid primary key default gen_random_uuid(),
  judge uuid not null default phach.account(), paper text not null references blind.paper,
  contest uuid not null default phach.contest() references contest.contest,
  third boolean not null default false, marks jsonb not null, total int not null default 0,
  comment text not null default '' check (length(comment) <= 5000),
  at timestamptz not null default phach.now(),
  constraint sheet_once unique (paper, judge));
create index sheet_judge on blind.sheet(judge, contest);
create table blind.excuse(
  id uuid primary key default gen_random_uuid(), contest uuid not null, paper text not null references blind.paper,
  third boolean not null, readings int not null, reason text not null, chair uuid not null, at timestamptz not null default phach.now());

create table blind.closing(contest uuid primary key references contest.contest, chair uuid not null, at timestamptz not null default phach.now());
create table blind.standing(
  contest uuid not null references contest.contest, ranking_group uuid not null references contest.ranking_group,
  category uuid not null references contest.category, code text not null references blind.paper,
  mark int, rank int, place int, readings int not null,   -- mark, rank, place null: nobody could read it
  how text,                                               -- the paper's agreed_how
  -- its place in lists, the unread last. A column: an expression would keep a policy's table from being read by the index
  ord int generated always as (coalesce(place, 2147483647)) stored,
  primary key (contest, code));
create index standing_rank on blind.standing(contest, ranking_group, place);
-- Which places of a group share a mark, from the first to the last of them. Kept beside the standings by a trigger: pages and ties ask for it,
-- and there are a few hundred marks where there are 100,000 papers.
create table blind.step(
  contest uuid not null, ranking_group uuid not null references contest.ranking_group, mark int not null,
  first int not null, last int not null check (last >= first), primary key (contest, ranking_group, mark));
-- The chair's answer to a tie over the last place of a level.
create table blind.tie_answer(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  ranking_group uuid not null references contest.ranking_group, level int not null, mark int not null,
  answer text not null check (answer in ('all_in', 'all_out')), reason text not null check (length(trim(reason)) between 5 and 500),
  chair uuid not null, at timestamptz not null default phach.now(),
  constraint tie_answered_once unique (contest, ranking_group, level));
create table blind.proposal(
  contest uuid not null references contest.contest, code text not null references blind.paper,
  prize uuid references contest.prize, reserve int,       -- one of the two: a prize, or the n-th reserve of the group
  primary key (contest, code), check ((prize is null) <> (reserve is null)));
create table blind.seal(
  contest uuid primary key references contest.contest, content text not null,
  sha256 bytea not null check (length(sha256) = 32), organizer uuid not null, at timestamptz not null default phach.now());

do $$
declare t text;
begin
  foreach t in array array['paper', 'declaration', 'deal', 'shortage', 'assignment', 'recusal', 'draft', 'sheet', 'excuse', 'closing',
    'standing', 'step', 'tie_answer', 'proposal', 'seal'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
  end loop;
  -- chair, organizer, dealer: by a column of the row itself, so that a list of 100,000 costs one comparison each
  foreach t in array array['paper', 'sheet', 'assignment', 'deal', 'shortage', 'excuse', 'closing', 'standing', 'step', 'tie_answer', 'proposal', 'seal'] loop
    execute format('create policy board on blind.%I for select to phach_chair, phach_organizer, phach_dealer
      using (contest = (select phach.contest())%s)', t, case t when 'paper' then ' and not retired' else '' end);
  end loop;
  foreach t in array array['deal', 'closing', 'tie_answer', 'seal'] loop
    execute format('create policy auditor on blind.%I for select to phach_auditor using (contest = (select phach.contest()))', t);
  end loop;
  -- The auditor reads what entries are withdrawn and struck out: single papers, one of which would stop being read, only
  -- from the seal on (docs/decisions/0006).
  foreach t in array array['paper', 'sheet', 'excuse', 'standing', 'proposal'] loop
    execute format('create policy auditor on blind.%I for select to phach_auditor
      using (contest = (select phach.contest()) and exists (select from blind.seal s where s.contest = (select phach.contest())))', t);
  end loop;
end $$;
create policy dealer on blind.declaration for select to phach_dealer using (contest = (select phach.contest()));
create policy judge on blind.assignment for select to phach_judge
  using (judge = (select phach.account()) and contest = (select phach.contest()) and not moved);
-- A recused paper is out of sight at once.
create policy judge on blind.paper for select to phach_judge using (contest = (select phach.contest()) and exists (
  select from blind.assignment a where a.paper = code and a.judge = (select phach.account()) and a.state <> 'recused'));
create policy judge on blind.draft to phach_judge using (judge = (select phach.account()) and contest = (select phach.contest()) and exists (
    select from blind.assignment a where a.paper = draft.paper and a.judge = (select phach.account()) and a.state <> 'recused'))
  with check (judge = (select phach.account()) and contest = (select phach.contest()) and exists (
    select from blind.assignment a where a.paper = draft.paper and a.judge = (select phach.account()) and a.state = 'open'));
create policy judge_sees on blind.sheet for select to phach_judge using (judge = (select phach.account()) and contest = (select phach.contest()));
create policy judge_adds on blind.sheet for insert to phach_judge with check (judge = (select phach.account()) and contest = (select phach.contest()));
create policy judge on blind.declaration for select to phach_judge using (judge = (select phach.account()) and contest = (select phach.contest()));
create policy judge_sees on blind.closing for select to phach_judge using (contest = (select phach.contest()));

grant usage on schema blind to phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor, phach_slip_owner, phach_result_owner, phach_owner;
grant select (code, contest, category, ranking_group, title, body) on blind.paper to phach_judge;
grant select (judge, paper, contest, state, place, opened) on blind.assignment to phach_judge;
grant select (judge, paper, contest, marks, comment, note, saved_at), insert (judge, paper, contest, marks, comment, note),
  update (marks, comment, note, saved_at) on blind.draft to phach_judge;
grant select (paper, judge, contest, marks, total, comment), insert (paper, marks, comment) on blind.sheet to phach_judge;
grant select (contest, judge, units, people, at) on blind.declaration to phach_judge;
grant select (contest) on blind.closing to phach_judge, phach_dealer;

grant select (code, contest, category, ranking_group, title, body, wanted, marks, third, third_wanted, agreed, agreed_how, extra) on blind.paper to phach_chair;
grant select (code, contest, category, ranking_group, wanted, marks, third, third_wanted, agreed, agreed_how) on blind.paper to phach_organizer, phach_auditor;
grant select (judge, paper, contest, third, state) on blind.assignment to phach_chair;
grant select (judge, paper, contest, third, marks, total, comment) on blind.sheet to phach_chair;
grant select (judge, paper, contest, third, total) on blind.sheet to phach_auditor;
grant select (paper, contest, third, readings, reason) on blind.excuse to phach_chair, phach_auditor;
grant select (deal, contest, paper, missing) on blind.shortage to phach_chair;
grant select (id, contest, dealt, at) on blind.deal to phach_chair;
grant select (contest, at) on blind.closing to phach_chair, phach_organizer, phach_auditor;
grant select (contest, ranking_group, category, code, mark, rank, place, readings) on blind.standing to phach_chair, phach_organizer, phach_auditor;
grant select (how, ord) on blind.standing to phach_chair, phach_organizer;
grant select (contest, ranking_group, mark, first, last) on blind.step to phach_chair, phach_organizer;
grant select (contest, ranking_group, level, mark, answer, reason) on blind.tie_answer to phach_chair, phach_organizer, phach_auditor;
grant select (contest, code, prize, reserve) on blind.proposal to phach_chair, phach_organizer, phach_auditor;
grant select (contest, content, sha256, at) on blind.seal to phach_chair, phach_organizer, phach_auditor;

grant select (code, contest, category, ranking_group, wanted, marks, third, third_wanted) on blind.paper to phach_dealer;
grant select (judge, paper, contest, third, state) on blind.assignment to phach_dealer;
grant select (contest, judge) on blind.declaration to phach_dealer;

-- crossings
create policy slip_adds on blind.paper for insert to phach_slip_owner with check (true);
create policy slip_reads on blind.paper for select to phach_slip_owner using (true);
create policy slip_reads on blind.declaration for select to phach_slip_owner using (true);
create policy slip_reads on blind.seal for select to phach_slip_owner using (true);
create policy slip_reads on blind.proposal for select to phach_slip_owner using (true);
grant insert (code, contest, category, ranking_group, title, body, wanted), select (code, contest, category, ranking_group), references (code) on blind.paper to phach_slip_owner;
grant select (contest, judge, units, people_keys, at) on blind.declaration to phach_slip_owner;
grant select (contest, sha256, at) on blind.seal to phach_slip_owner;
grant select (contest, code, prize, reserve) on blind.proposal to phach_slip_owner;
grant references (code) on blind.paper to phach_result_owner;

-- Mean of marks in hundredths, half up.
create function blind.mean(marks int[]) returns int language sql immutable parallel safe strict
  as $$ select ((2 * sum(m) + count(*)) / (2 * count(*)))::int from unnest(marks) m $$;
-- The ladder: the agreed mark, or null while a third mark is wanted. "Above" is strict. A third mark that is there counts only while the
-- first ones lie too far apart: a first sheet may have been set aside since.
create function blind.agree(marks int[], third int, threshold int, rule text) returns int language plpgsql immutable parallel safe as $$
declare s int[]; gap int; low int; n int;
begin
  if cardinality(marks) = 0 then return null; end if;
  if marks[cardinality(marks)] - marks[1] <= threshold then return blind.mean(marks); end if;
  if third is null then return null; end if;
  if rule = 'third-final' then return third; end if;
  s := array(select m from unnest(marks || third) m order by m);
  if rule = 'closest-pair' then
    select min(s[i + 1] - s[i]) into gap from generate_series(1, cardinality(s) - 1) i;
    -- several closest pairs with one and the same mean (three equal marks and a fourth) are no tie
    select count(distinct s[i]), min(s[i]) into n, low from generate_series(1, cardinality(s) - 1) i where s[i + 1] - s[i] = gap;
    if n = 1 then return blind.mean(array[low, low + gap]); end if;
  end if;
  return blind.mean(s);   -- mean of three; closest pair with two different pairs equally close
end $$;

-- A closed round is open for the papers that the chair has read once more because of a tie, and for nothing else.
create function blind.extra_waits(c uuid) returns boolean language plpgsql stable as $$
begin
  return exists (select from blind.paper p where p.contest = c and p.extra > 0 and not p.retired and cardinality(p.marks) < p.wanted);
end $$;
-- Shared by every writer of the round, exclusive for who closes it: a late sheet waits, then is refused.
create function blind.hold_round(c uuid) returns void language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.closing where contest = c) and not blind.extra_waits(c) then perform phach.refuse('round_closed'); end if;
end $$;

-- Writes a locked paper's marks, and what is agreed once all of them are in.
create function blind.settle(of_paper text, m int[], a_third int, a_wanted int) returns void
language plpgsql as $$
declare mark int; a_threshold int; rule text; more int; how text;
begin
  if cardinality(m) < a_wanted or cardinality(m) = 0 then
    update blind.paper set marks = m, third = a_third, wanted = a_wanted where code = of_paper;
  else
    select c.threshold, c.third, p.extra into strict a_threshold, rule, more from blind.paper p join contest.contest c on c.id = p.contest where p.code = of_paper;
    if more > 0 then
      mark := blind.mean(case when a_third is null then m else m || a_third end); how := 'extra';
    else
      mark := blind.agree(m, a_third, a_threshold, rule);
      how := case when mark is null then null when m[cardinality(m)] - m[1] > a_threshold then 'third' else 'mean' end;
    end if;
    update blind.paper set marks = m, third = a_third, wanted = a_wanted, third_wanted = mark is null, agreed = mark, agreed_how = how where code = of_paper;
  end if;
  if not found then raise exception 'tally found no paper'; end if;   -- row security hides rows without an error
end $$;

-- After the last further reading of a closed round: standings anew, and what was decided on the old ones is decided again. One
-- writer at a time, so that one of them is the last.
create function blind.end_extra(c uuid) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('extra ' || c::text, 0));
  if not exists (select from blind.closing where contest = c) or blind.extra_waits(c) then return; end if;
  perform blind.stand(c);
  delete from blind.proposal where contest = c;
  delete from blind.tie_answer t where t.contest = c and exists (select from blind.paper p where p.contest = c and p.ranking_group = t.ranking_group and p.extra > 0);
end $$;
-- A sheet is taken: an open round, an open assignment, marks that fit the rubric; and the tally moves in the transaction of the
-- sheet (the hat has no UPDATE). All before the row stands: what then fails takes everything back. Few statements: each judge's
-- press pays for them.
create function blind.take_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a record; p record;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || new.contest::text, 0));   -- as blind.hold_round
  select x.state, x.third, exists (select from blind.closing z where z.contest = new.contest) as closed into a
    from blind.assignment x where x.judge = new.judge and x.paper = new.paper and x.contest = new.contest for update;
  if a.state is null or a.state = 'recused' then perform phach.refuse('enter_not_found'); end if;
  if a.state = 'marked' then perform phach.refuse('sheet_once'); end if;
  select x.marks, x.third, x.wanted, x.extra, q.criteria, q.fit, q.missing, q.total into p from blind.paper x, lateral (
      select count(*) as criteria, count(*) filter (where m is null) as missing, sum(m) as total,
        count(*) filter (where m between 0 and max and m % step = 0) as fit
      from (select cr.max, r.step, case when jsonb_typeof(new.marks -> cr.key) = 'number' then (new.marks ->> cr.key)::numeric end as m
        from contest.category k join contest.rubric r on r.id = k.rubric join contest.criterion cr on cr.rubric = r.id where k.id = x.category) c) q
    where x.code = new.paper for update of x;
  if a.closed and (p.extra = 0 or cardinality(p.marks) >= p.wanted) then perform phach.refuse('round_closed'); end if;
  if p.missing > 0 then perform phach.refuse('mark_missing'); end if;
  if p.fit <> p.criteria or p.criteria <> (select count(*) from jsonb_object_keys(new.marks)) then perform phach.refuse('mark_range'); end if;
  new.third := a.third; new.total := coalesce(p.total, 0); new.at := phach.now();
  update blind.assignment set state = 'marked' where judge = new.judge and paper = new.paper;
  if new.third and p.third is not null then raise exception 'a second third mark'; end if;
  if new.third then perform blind.settle(new.paper, p.marks, new.total, p.wanted);
  else perform blind.settle(new.paper, array(select m from unnest(p.marks || new.total) m order by m), p.third, p.wanted);
  end if;
  if a.closed then perform blind.end_extra(new.contest); end if;
  -- the note to oneself stays: it is no part of the sheet
  delete from blind.draft where judge = new.judge and paper = new.paper and note = '';
  if not found then update blind.draft set marks = '{}', comment = '' where judge = new.judge and paper = new.paper; end if;
  perform record.note(new.contest, 'mark_sheet', new.paper, jsonb_build_object('total', new.total, 'marks', new.marks));
  return new;
end $$;
create trigger take_sheet before insert on blind.sheet for each row execute function blind.take_sheet();

-- With the first own paper; and for who declares once papers are dealt, with that one declaration: previews of who would get what, before and
-- after each change of it, would tell which papers are whose.
create function blind.declaration_frozen() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from blind.assignment where contest = phach.contest() and judge = phach.account())
    or exists (select from blind.declaration where contest = phach.contest() and judge = phach.account()) and exists (select from blind.assignment where contest = phach.contest());
end $$;
create function blind.declare(in_units uuid[], in_people text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- a deal under way has read the declarations already: wait for it, then be frozen by it
  perform pg_advisory_xact_lock_shared(hashtextextended('deal ' || phach.contest()::text, 0));
  if blind.declaration_frozen() then perform phach.refuse('declarations_frozen'); end if;
  if exists (select from unnest(in_units) u where not exists (select from contest.unit x where x.id = u and x.contest = phach.contest())) then
    perform phach.refuse('enter_not_found');
  end if;
  insert into blind.declaration(contest, judge, units, people, people_keys)
  values (phach.contest(), phach.account(), in_units, in_people, array(select phach.fold(p) from unnest(in_people) p));
  perform record.note(phach.contest(), 'declare', phach.account()::text, jsonb_build_object('units', cardinality(in_units), 'people', cardinality(in_people)));
end $$;

create function blind.recuse(of_paper text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform blind.hold_round(phach.contest());
  delete from blind.draft where judge = phach.account() and paper = of_paper;   -- before the assignment, as a sheet takes them: no deadlock
  update blind.assignment set state = 'recused' where judge = phach.account() and paper = of_paper and contest = phach.contest() and state = 'open';
  if not found then perform phach.refuse('enter_not_found'); end if;
  insert into blind.recusal(judge, paper, contest, reason) values (phach.account(), of_paper, phach.contest(), why);
  perform record.note(phach.contest(), 'recuse', of_paper, '{}');
end $$;

-- Chair's page: who judges, with loads; names of officials only.
create function blind.judges() returns table(judge uuid, name text, declared boolean, open_papers bigint, marked bigint, recused bigint, withdrawn boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select o.id, o.name, exists (select from blind.declaration d where d.contest = phach.contest() and d.judge = o.id),
      count(a.paper) filter (where a.state = 'open'), count(a.paper) filter (where a.state = 'marked'), count(a.paper) filter (where a.state = 'recused'),
      exists (select from blind.withdrawal w where w.contest = phach.contest() and w.judge = o.id)
    from account.officials() o left join blind.assignment a on a.judge = o.id and a.contest = phach.contest()
    where o.hat = 'judge' group by o.id, o.name order by o.name, o.id;
end $$;

-- Deals the pairs the program found from this input and the seed that blind.take_seed gave it; every pair is checked here again: not excluded, not dealt before, to a judge who has
-- declared and has not been withdrawn, no paper over its readings, no paper retired; in a batch that this transaction has begun.
create function blind.deal_out(pairs jsonb, short jsonb, an_input text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d uuid; n int; s record; hash bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || phach.contest()::text, 0));
  perform blind.hold_round(phach.contest());
  if not exists (select from blind.batch b where b.contest = phach.contest() and b.tx = pg_current_xact_id()) then raise exception 'a deal outside a batch'; end if;
  if exists (select from jsonb_to_recordset(pairs) as x(judge uuid, paper text) join slip.exclusions() e on e.judge = x.judge and e.paper = x.paper) then
    perform phach.refuse('deal_excluded');
  end if;
  -- somebody dealt in between
  if exists (select from jsonb_to_recordset(pairs) as x(judge uuid, paper text) join blind.assignment a on a.judge = x.judge and a.paper = x.paper) then
    perform phach.refuse('deal_stale');
  end if;
  s := blind.next_seed(phach.contest());
  hash := sha256(s.seed || convert_to(an_input, 'UTF8'));
  insert into blind.deal(contest, seed, input, input_sha256, dealt) values (phach.contest(), s.n, an_input, hash, jsonb_array_length(pairs)) returning id into d;
  insert into blind.assignment(judge, paper, contest, third, deal)
    select x.judge, x.paper, p.contest, p.third_wanted, d from jsonb_to_recordset(pairs) as x(judge uuid, paper text)
    join blind.paper p on p.code = x.paper and p.contest = phach.contest() and not p.retired
    join account.hat h on h.account = x.judge and h.contest = p.contest and h.hat = 'judge'
    where exists (select from blind.declaration d where d.contest = p.contest and d.judge = x.judge)
      and not exists (select from blind.withdrawal w where w.contest = p.contest and w.judge = x.judge) order by x.paper, x.judge;
  get diagnostics n = row_count;
  if n <> jsonb_array_length(pairs) then perform phach.refuse('deal_stale'); end if;
  if exists (select from blind.paper p join blind.assignment a on a.paper = p.code and a.state <> 'recused' where p.contest = phach.contest()
      group by p.code having count(*) filter (where not a.third) > p.wanted or count(*) filter (where a.third) > 1) then
    perform phach.refuse('deal_stale');
  end if;
  insert into blind.shortage(deal, contest, paper, missing)
    select d, p.contest, x.paper, x.missing from jsonb_to_recordset(short) as x(paper text, missing int)
    join blind.paper p on p.code = x.paper and p.contest = phach.contest();
  update blind.batch set moves = moves + n where contest = phach.contest() and tx = pg_current_xact_id();
  perform account.enqueue_papers_letters(phach.contest(), array(select distinct x.judge from jsonb_to_recordset(pairs) as x(judge uuid)));
  perform record.note(phach.contest(), 'deal', d::text, jsonb_build_object('dealt', n, 'short', jsonb_array_length(short),
    'seed', encode(s.sha256, 'hex'), 'input', encode(hash, 'hex')));
  perform blind.make_seed(phach.contest());
  return d;
end $$;

-- How many readings of a paper (of a third mark, the one) the last deal found no judge for, and still have none.
create function blind.unfilled(p blind.paper) returns int
language plpgsql stable as $$
begin
  return coalesce((select least(s.missing, case when p.third_wanted then 1 else p.wanted end
      - (select count(*)::int from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted))
    from blind.shortage s where s.paper = p.code and s.deal = (select d.id from blind.deal d where d.contest = p.contest order by d.at desc, d.id limit 1)), 0);
end $$;
-- A first reading for which the last deal found no judge. Of a third mark the chair decides (blind.decide_mark).
create function blind.excuse_reading(of_paper text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare p blind.paper; missing int;
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || phach.contest()::text, 0));
  perform blind.hold_round(phach.contest());
  if length(trim(why)) < 5 then perform phach.refuse('reason_needed'); end if;
  select * into p from blind.paper where code = of_paper and contest = phach.contest() and not retired for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  -- only what is still missing: a second press excuses nothing more
  missing := blind.unfilled(p);
  if missing < 1 then perform phach.refuse('excuse_not_short'); end if;
  if p.third_wanted then perform phach.refuse('third_is_decided'); end if;
  insert into blind.excuse(contest, paper, third, readings, reason, chair) values (p.contest, of_paper, false, missing, trim(why), phach.account());
  update blind.paper set extra = greatest(extra - missing, 0) where code = of_paper;
  perform blind.settle(of_paper, p.marks, p.third, p.wanted - missing);
  perform blind.end_extra(p.contest);
  perform record.note(p.contest, 'excuse_reading', of_paper, jsonb_build_object('readings', missing, 'reason', trim(why)));
end $$;

-- The standings of the papers that are not retired, made anew: at the close, and where a paper is retired after it.
create function blind.stand(c uuid) returns void
language plpgsql as $$
begin
  delete from blind.standing where contest = c;
  insert into blind.standing(contest, ranking_group, category, code, mark, rank, place, readings, how)
    select c, p.ranking_group, p.category, p.code, p.agreed,
      case when p.agreed is not null then rank() over w end, case when p.agreed is not null then row_number() over (partition by p.ranking_group order by p.agreed desc nulls last, p.code) end,
      cardinality(p.marks) + (p.third is not null)::int, p.agreed_how
    from blind.paper p where p.contest = c and not p.retired window w as (partition by p.ranking_group order by p.agreed desc nulls last);
end $$;
create function blind.draw_steps() returns trigger language plpgsql as $$
begin
  delete from blind.step where contest in (select distinct contest from changed);
  insert into blind.step(contest, ranking_group, mark, first, last)
    select s.contest, s.ranking_group, s.mark, min(s.place), max(s.place) from blind.standing s
    where s.contest in (select distinct contest from changed) and s.mark is not null group by 1, 2, 3;
  return null;
end $$;
create trigger steps_added after insert on blind.standing referencing new table as changed for each statement execute function blind.draw_steps();
create trigger steps_gone after delete on blind.standing referencing old table as changed for each statement execute function blind.draw_steps();
-- A contest without papers to which none can come any more: it closes with no standings, and no prize is given.
create function blind.nothing_comes() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  return not exists (select from blind.paper where contest = c and not retired) and not slip.cut_waits(c)
    and exists (select from contest.contest k where k.id = c and phach.now() >= k.queries_close_at and phach.now() >= k.intake_closes_at);
end $$;
create function blind.close_round() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.closing where contest = c) then perform phach.refuse('round_closed'); end if;
  if not exists (select from blind.paper where contest = c and not retired) and not blind.nothing_comes() then perform phach.refuse('close_no_papers'); end if;
  if exists (select from blind.paper p where p.contest = c and not p.retired and (cardinality(p.marks) < p.wanted or p.third_wanted)) then
    perform phach.refuse('close_short');
  end if;
  if slip.moves_waiting(c, null) > 0 then perform phach.refuse('moves_wait'); end if;
  if exists (select from blind.paper where contest = c and not retired and new_text) then perform phach.refuse('close_new_text'); end if;
  insert into blind.closing(contest, chair) values (c, phach.account());
  perform blind.stand(c);
  perform record.note(c, 'close_round', c::text, jsonb_build_object('papers', (select count(*) from blind.standing where contest = c)));
end $$;

-- Where each level of prizes ends. A level's line stands after the places of all levels up to it, less those that are withheld: nobody is left
-- for them, or nobody with the level's least mark. What a level withholds does not go to the next one; papers below a least mark do, and a
-- line that ends there stands between two marks, so that it ties nobody.
create function blind.levels(c uuid) returns table(ranking_group uuid, level int, minimum int, places int, given int, upto int, few boolean)
language plpgsql stable as $$
declare p record; reached int := 0; of_group uuid;
begin
  for p in select z.ranking_group, z.level, z.minimum, z.places, coalesce((select s.last from blind.step s where s.contest = c and s.ranking_group = z.ranking_group order by s.mark limit 1), 0) as ranked,
        coalesce((select s.last from blind.step s where s.contest = c and s.ranking_group = z.ranking_group and s.mark >= coalesce(z.minimum, 0) order by s.mark limit 1), 0) as fit
      from contest.prize z where z.contest = c and z.kind = 'individual' and z.ranking_group is not null order by z.ranking_group, z.level loop
    if of_group is distinct from p.ranking_group then reached := 0; of_group := p.ranking_group; end if;
    ranking_group := p.ranking_group; level := p.level; minimum := p.minimum; places := p.places;
    given := least(p.places, greatest(p.fit - reached, 0));
    few := p.ranked - reached < p.places;   -- papers are few, whatever their marks
    reached := reached + given; upto := reached;
    return next;
  end loop;
end $$;
-- Blocks of equal marks that begin on a place with a prize, and the levels they touch: the one reading of standings that ties, proposal and
-- seal share.
create function blind.blocks(c uuid) returns table(ranking_group uuid, mark int, first int, last int, level int, straddles int)
language plpgsql stable as $$
begin
  return query with l as materialized (select p.ranking_group, p.level, p.upto, coalesce(p.minimum, 0) as minimum from blind.levels(c) p),
  b as (select s.ranking_group, s.mark, s.first, s.last from (select l.ranking_group, max(l.upto) as upto from l group by 1) e
        join blind.step s on s.contest = c and s.ranking_group = e.ranking_group and s.first <= e.upto)
  select b.ranking_group, b.mark, b.first, b.last,
    -- the level reached: wholly above its line, or over the line and answered "all in"
    (select min(l.level) from l where l.ranking_group = b.ranking_group and b.mark >= l.minimum and (b.last <= l.upto or (b.first <= l.upto and exists (
       select from blind.tie_answer t where t.contest = c and t.ranking_group = b.ranking_group and t.level = l.level and t.answer = 'all_in')))),
    -- the first line it stands over without an answer
    (select min(l.level) from l where l.ranking_group = b.ranking_group and b.mark >= l.minimum and b.first <= l.upto and l.upto < b.last
       and not exists (select from blind.tie_answer t where t.contest = c and t.ranking_group = b.ranking_group
         and t.level <= l.level and (t.level = l.level or (t.answer = 'all_in' and b.first <= (select x.upto from l x where x.ranking_group = t.ranking_group and x.level = t.level)
           and b.last > (select x.upto from l x where x.ranking_group = t.ranking_group and x.level = t.level)))))
  from b;
end $$;
create function blind.open_ties() returns table(ranking_group uuid, level int, mark int, first int, last int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select b.ranking_group, b.straddles, b.mark, b.first, b.last from blind.blocks(phach.contest()) b where b.straddles is not null order by 1, 2;
end $$;
create function blind.answer_tie(of_group uuid, of_level int, of_mark int, an_answer text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('round ' || phach.contest()::text, 0));
  if exists (select from blind.seal where contest = phach.contest()) then perform phach.refuse('sealed'); end if;
  if not exists (select from blind.blocks(phach.contest()) b where b.ranking_group = of_group and b.straddles = of_level and b.mark = of_mark) then
    perform phach.refuse('tie_gone');
  end if;
  if blind.extra_waits(phach.contest()) then perform phach.refuse('extra_waits'); end if;
  if an_answer = 'another' then
    perform blind.order_extra(of_group, of_level, of_mark, trim(why));
    return;
  end if;
  insert into blind.tie_answer(contest, ranking_group, level, mark, answer, reason, chair)
  values (phach.contest(), of_group, of_level, of_mark, an_answer, trim(why), phach.account());
  perform record.note(phach.contest(), 'answer_tie', of_group::text, jsonb_build_object('level', of_level, 'mark', of_mark, 'answer', an_answer, 'reason', trim(why)));
end $$;

-- The prize list the rules give, with the next n places as reserves.
create function blind.prize_list(c uuid, reserves int) returns table(code text, prize uuid, reserve int)
language sql stable as $$
  with g as (select b.ranking_group, b.mark, b.level from blind.blocks(c) b),
  s as (select st.code, st.ranking_group, st.place, st.mark, g.level from blind.standing st left join g on g.ranking_group = st.ranking_group and g.mark = st.mark where st.contest = c),
  -- a reserve may have to move up: to a prize whose least mark it has
  r as (select s.code, row_number() over (partition by s.ranking_group order by s.place) as n from s where s.level is null
        and exists (select from contest.prize p where p.ranking_group = s.ranking_group and s.mark >= coalesce(p.minimum, 0)))
  select s.code, p.id, null::int from s join contest.prize p on p.ranking_group = s.ranking_group and p.level = s.level and p.kind = 'individual'
  union all select r.code, null, r.n::int from r where r.n <= reserves $$;
create function blind.propose(reserves int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  if not exists (select from blind.closing where contest = c) then perform phach.refuse('not_closed'); end if;
  if blind.extra_waits(c) then perform phach.refuse('extra_waits'); end if;
  if exists (select from blind.open_ties()) then perform phach.refuse('ties_open'); end if;
  delete from blind.proposal where contest = c;
  insert into blind.proposal(contest, code, prize, reserve) select c, code, prize, reserve from blind.prize_list(c, greatest(0, least(reserves, 20))) order by code;
  perform record.note(c, 'propose_prizes', c::text, jsonb_build_object('prizes', (select count(*) from blind.proposal where contest = c and prize is not null), 'reserves', reserves));
end $$;

-- The seal: standings and prize list in one canonical text, and its SHA-256.
create function blind.seal_text(c uuid) returns text language sql stable as $$
  select string_agg(line, E'\n' order by part, ord, line) || E'\n' from (
    select 0 as part, 0 as ord, 'phach seal 1 ' || k.slug as line from contest.contest k where k.id = c
    union all
    select 1, 0, 'standing ' || g.key || ' ' || coalesce(lpad(s.rank::text, 7, '0'), 'unread ') || ' ' || s.code || ' ' || coalesce(s.mark::text, '-')
      from blind.standing s join contest.ranking_group g on g.id = s.ranking_group where s.contest = c
    union all
    select 2, 0, 'prize ' || g.key || ' ' || lpad(coalesce(p.level, 999)::text, 3, '0') || ' ' || coalesce(p.key, 'reserve ' || lpad(x.reserve::text, 3, '0')) || ' ' || x.code
      from blind.proposal x join blind.standing s on s.code = x.code and s.contest = c join contest.ranking_group g on g.id = s.ranking_group
      left join contest.prize p on p.id = x.prize where x.contest = c) lines $$;
create function blind.seal_ranking() returns bytea
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); t text; h bytea;
begin
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  if not exists (select from blind.closing where contest = c) then perform phach.refuse('not_closed'); end if;
  if slip.moves_waiting(c, null) > 0 then perform phach.refuse('moves_wait'); end if;
  if blind.extra_waits(c) then perform phach.refuse('extra_waits'); end if;
  if exists (select from blind.open_ties()) then perform phach.refuse('ties_open'); end if;
  if not exists (select from blind.proposal where contest = c) and exists (select from blind.prize_list(c, 0)) then perform phach.refuse('not_proposed'); end if;
  t := blind.seal_text(c); h := sha256(convert_to(t, 'UTF8'));
  insert into blind.seal(contest, content, sha256, organizer) values (c, t, h, phach.account());
  perform record.note(c, 'seal', c::text, jsonb_build_object('sha256', encode(h, 'hex')));
  perform account.enqueue_key_letters(c);
  return h;
end $$;

-- What the minutes of the seal are made of; for the slip's function, which knows who may read them.
create function blind.seal_facts(c uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('sealed_at', s.at, 'organizer', s.organizer, 'sha256', encode(s.sha256, 'hex'), 'closed_at', z.at, 'chair', z.chair,
    'papers', (select count(*) from blind.standing t where t.contest = c), 'unread', (select count(*) from blind.standing t where t.contest = c and t.mark is null),
    'places', (select coalesce(jsonb_agg(jsonb_build_object('ranking_group', t.ranking_group, 'code', p.code, 'prize', p.prize, 'reserve', p.reserve) order by t.place), '[]')
      from blind.proposal p join blind.standing t on t.contest = p.contest and t.code = p.code where p.contest = c))
  from blind.seal s join blind.closing z on z.contest = s.contest where s.contest = c $$;
grant execute on function blind.seal_facts(uuid) to phach_slip_owner;

-- How far marking has come, for the rules that freeze by it: 0 not cut, 1 cut, 2 assigned, 3 closed, 4 sealed.
create function blind.stage(c uuid) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when exists (select from blind.seal where contest = c) then 4 when exists (select from blind.closing where contest = c) then 3
    when exists (select from blind.assignment where contest = c) then 2 when exists (select from blind.paper where contest = c) then 1 else 0 end $$;
-- Papers cut and not assigned follow the rules: how often each is read, and where it is ranked.
create function blind.follow_rules(c uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update blind.paper p set wanted = r.readers, ranking_group = k.ranking_group from contest.contest r, contest.category k
  where p.contest = c and r.id = c and k.id = p.category and (p.wanted, p.ranking_group) is distinct from (r.readers, k.ranking_group) $$;
grant execute on function blind.stage(uuid), blind.follow_rules(uuid) to phach_owner;
-- For the publication: the hash of the seal, of the text nothing.
create function blind.seal_hash(c uuid) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select sha256 from blind.seal where contest = c $$;
grant execute on function blind.stage(uuid) to phach_slip_owner;
grant execute on function blind.seal_hash(uuid) to phach_result_owner;

grant execute on function blind.declaration_frozen(), blind.declare(uuid[], text[]), blind.recuse(text, text) to phach_judge;
grant execute on function blind.judges(), blind.excuse_reading(text, text), blind.close_round(),
  blind.answer_tie(uuid, int, int, text, text) to phach_chair;
grant execute on function blind.judges() to phach_organizer, phach_dealer;
create function blind.prize_levels() returns table(ranking_group uuid, level int, minimum int, places int, given int, few boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select l.ranking_group, l.level, l.minimum, l.places, l.given, l.few from blind.levels(phach.contest()) l;
end $$;
grant execute on function blind.nothing_comes() to phach_chair;
grant execute on function blind.open_ties(), blind.prize_levels() to phach_chair, phach_organizer;
grant execute on function blind.propose(int), blind.seal_ranking() to phach_organizer;
grant execute on function blind.deal_out(jsonb, jsonb, text) to phach_dealer;
grant select (contest) on blind.closing to phach_result_owner;
reset role;

set local role phach_account_owner;
grant execute on function account.officials() to phach_blind_owner;
create policy judges on account.hat for select to phach_blind_owner using (hat = 'judge');
grant select (account, contest, hat) on account.hat to phach_blind_owner;
reset role;
