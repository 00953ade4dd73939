-- The chair and the board: a judge withdrawn, a sheet set aside, a mark that the chair decides.
set local role phach_blind_owner;

-- A judge who marks no more, for good; the hat stays worn. What happened to the sheets that were in.
create table blind.withdrawal(
  contest uuid not null references contest.contest, judge uuid not null references account.account,
  sheets text not null check (sheets in ('kept', 'again')), reason text not null check (length(trim(reason)) between 5 and 500),
  chair uuid not null, at timestamptz not null default phach.now(), primary key (contest, judge));
-- An agreed mark that is the chair's decision, because nobody was free for the third mark. It stands while the paper's agreed_how says so: a
-- sheet set aside later voids it.
create table blind.chair_mark(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest, paper text not null references blind.paper,
  marks int[] not null,                                   -- the first marks that were decided on
  mark int not null, reason text not null check (length(trim(reason)) between 5 and 500), chair uuid not null, at timestamptz not null default phach.now());
create index chair_mark_paper on blind.chair_mark(paper);
do $$
declare t text;
begin
  foreach t in array array['withdrawal', 'chair_mark'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
    execute format('create policy board on blind.%I for select to phach_chair using (contest = (select phach.contest()))', t);
  end loop;
end $$;
create policy judge on blind.withdrawal for select to phach_judge using (judge = (select phach.account()) and contest = (select phach.contest()));
create policy auditor on blind.withdrawal for select to phach_auditor using (contest = (select phach.contest()));
-- A single paper: from the seal on, as blind.sheet.
create policy auditor on blind.chair_mark for select to phach_auditor
  using (contest = (select phach.contest()) and exists (select from blind.seal s where s.contest = (select phach.contest())));
grant select (contest, judge, sheets, reason) on blind.withdrawal to phach_chair, phach_auditor;
grant select (contest, judge) on blind.withdrawal to phach_judge;
grant select (contest, paper, marks, mark, reason) on blind.chair_mark to phach_chair, phach_auditor;

-- What is needed of a round to mend it: nobody deals, nobody hands in, and it is not closed.
create function blind.mend_round(c uuid) returns void
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  if exists (select from blind.closing where contest = c) then perform phach.refuse('round_to_reopen'); end if;
end $$;

-- The tally of a paper once more, from its sheets.
create function blind.recount(of_paper text) returns void
language plpgsql as $$
declare firsts int[]; a_third int; a_wanted int;
begin
  select coalesce(array_agg(s.total order by s.total) filter (where not s.third), '{}'), max(s.total) filter (where s.third) into firsts, a_third
    from blind.sheet s where s.paper = of_paper;
  update blind.paper set third_wanted = false, agreed = null, agreed_how = null, new_text = new_text and (cardinality(firsts) > 0 or a_third is not null)
    where code = of_paper returning wanted into a_wanted;
  perform blind.settle(of_paper, firsts, a_third, a_wanted);
end $$;

-- One judge's sheets on these papers stand no more. The judge has the papers no more and does not get them again; whoever has one open for a
-- third mark reads it in the place of the first sheet that is gone.
create function blind.set_sheets_aside(of_judge uuid, papers text[], why text) returns void
language plpgsql as $$
declare k text;
begin
  insert into blind.aside(id, judge, paper, contest, third, marks, total, comment, at, reason, chair)
    select s.id, s.judge, s.paper, s.contest, s.third, s.marks, s.total, s.comment, s.at, why, phach.account()
    from blind.sheet s where s.judge = of_judge and s.paper = any(papers);
  update blind.assignment o set third = false from blind.sheet s
    where s.judge = of_judge and s.paper = any(papers) and not s.third and o.paper = s.paper and o.third and o.state = 'open';
  delete from blind.sheet s where s.judge = of_judge and s.paper = any(papers);
  delete from blind.draft d where d.judge = of_judge and d.paper = any(papers);
  update blind.assignment a set state = 'recused', moved = true where a.judge = of_judge and a.paper = any(papers);
  for k in select p.code from blind.paper p where p.code = any(papers) order by p.code loop
    perform blind.recount(k);
  end loop;
end $$;

-- The chair sets one sheet aside; the paper lacks a reading then, which goes out with the batch.
create function blind.set_aside(of_paper text, of_judge uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); was_third boolean;
begin
  perform blind.mend_round(c);
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if not exists (select from blind.paper p where p.code = of_paper and p.contest = c and not p.retired) then perform phach.refuse('enter_not_found'); end if;
  select s.third into was_third from blind.sheet s where s.paper = of_paper and s.judge = of_judge;
  if not found then perform phach.refuse('sheet_gone'); end if;
  perform blind.set_sheets_aside(of_judge, array[of_paper], trim(why));
  perform record.note(c, 'set_aside', of_paper, jsonb_build_object('judge', of_judge, 'third', was_third, 'reason', trim(why)));
end $$;

-- The chair withdraws a judge. What was not handed in becomes lacking and goes out with the batch, like a paper sent back; the sheets that
-- are in are kept, or set aside and read again.
create function blind.withdraw_judge(of_judge uuid, a_sheets text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); n_open int; papers text[] := '{}';
begin
  perform blind.mend_round(c);
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if coalesce(a_sheets, '') not in ('kept', 'again') then perform phach.refuse('sheets_choice_needed'); end if;
  if not exists (select from account.officials() o where o.id = of_judge and o.hat = 'judge') then perform phach.refuse('enter_not_found'); end if;
  if exists (select from blind.withdrawal w where w.contest = c and w.judge = of_judge) then perform phach.refuse('judge_withdrawn'); end if;
  delete from blind.draft d using blind.assignment a where a.contest = c and a.judge = of_judge and a.state = 'open' and d.judge = a.judge and d.paper = a.paper;
  update blind.assignment a set state = 'recused', moved = true where a.contest = c and a.judge = of_judge and a.state = 'open';
  get diagnostics n_open = row_count;
  if a_sheets = 'again' then
    papers := array(select s.paper from blind.sheet s join blind.paper p on p.code = s.paper where s.contest = c and s.judge = of_judge and not p.retired);
    perform blind.set_sheets_aside(of_judge, papers, trim(why));
  end if;
  insert into blind.withdrawal(contest, judge, sheets, reason, chair) values (c, of_judge, a_sheets, trim(why), phach.account());
  perform record.note(c, 'withdraw_judge', of_judge::text, jsonb_build_object('sheets', a_sheets, 'reason', trim(why), 'open', n_open, 'aside', cardinality(papers)));
end $$;

-- With nobody left for the third mark the chair decides the agreed mark.
create function blind.decide_mark(of_paper text, a_mark int, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); p blind.paper;
begin
  perform blind.mend_round(c);
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  select * into p from blind.paper where code = of_paper and contest = c and not retired for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if not p.third_wanted or blind.unfilled(p) < 1 then perform phach.refuse('third_not_short'); end if;
  if not exists (select from contest.category k join contest.rubric r on r.id = k.rubric where k.id = p.category
      and a_mark between 0 and r.total and a_mark % r.step = 0) then perform phach.refuse('decided_mark_range'); end if;
  insert into blind.chair_mark(contest, paper, marks, mark, reason, chair) values (c, of_paper, p.marks, a_mark, trim(why), phach.account());
  update blind.paper set third_wanted = false, agreed = a_mark, agreed_how = 'chair' where code = of_paper;
  perform record.note(c, 'decide_mark', of_paper, jsonb_build_object('mark', a_mark, 'reason', trim(why)));
end $$;

grant execute on function blind.set_aside(text, uuid, text), blind.withdraw_judge(uuid, text, text), blind.decide_mark(text, int, text) to phach_chair;
reset role;

-- A closed round re-opened, until the seal: the chair asks, and an organizer who is somebody else confirms within seven days.
set local role phach_blind_owner;
create table blind.reopening(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  reason text not null check (length(trim(reason)) between 5 and 500), chair uuid not null, asked_at timestamptz not null default phach.now());
create index reopening_contest on blind.reopening(contest, asked_at desc);
create table blind.reopening_answer(
  reopening uuid primary key references blind.reopening, contest uuid not null,
  answer text not null check (answer in ('confirmed', 'declined', 'withdrawn')), account uuid not null, at timestamptz not null default phach.now());
-- A closing that was taken back: when it was, what the standings and the proposal said (as blind.seal_text), which ties were answered.
create table blind.round_past(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest, reopening uuid not null references blind.reopening,
  closed_by uuid not null, closed_at timestamptz not null, standings text not null, answers jsonb not null, at timestamptz not null default phach.now());
do $$
declare t text;
begin
  foreach t in array array['reopening', 'reopening_answer', 'round_past'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
    execute format('create policy board on blind.%I for select to phach_chair, phach_organizer, phach_auditor using (contest = (select phach.contest()))', t);
  end loop;
end $$;
grant select (id, contest, reason, asked_at) on blind.reopening to phach_chair, phach_organizer, phach_auditor;
grant select (reopening, contest, answer, at) on blind.reopening_answer to phach_chair, phach_organizer, phach_auditor;
grant select (contest, reopening, closed_at, at) on blind.round_past to phach_chair, phach_organizer, phach_auditor;

-- The request that waits for an answer: of the closing that stands, not yet sealed, not older than seven days.
create function blind.asked_reopening(c uuid) returns setof blind.reopening
language plpgsql stable as $$
begin
  return query select r.* from blind.reopening r join blind.closing z on z.contest = r.contest and r.asked_at >= z.at
    where r.contest = c and r.asked_at > phach.now() - interval '7 days' and not exists (select from blind.reopening_answer a where a.reopening = r.id)
      and not exists (select from blind.seal s where s.contest = c) order by r.asked_at desc, r.id limit 1;
end $$;
create function blind.open_reopening() returns table(id uuid, reason text, until timestamptz, asked_by text, mine boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select r.id, r.reason, r.asked_at + interval '7 days', coalesce((select o.name from account.officials() o where o.id = r.chair limit 1), ''), r.chair = phach.account()
    from blind.asked_reopening(phach.contest()) r;
end $$;
create function blind.ask_reopening(why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); r uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  if not exists (select from blind.closing where contest = c) then perform phach.refuse('not_closed'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if exists (select from blind.asked_reopening(c)) then perform phach.refuse('reopening_asked'); end if;
  insert into blind.reopening(contest, reason, chair) values (c, trim(why), phach.account()) returning id into r;
  perform record.note(c, 'ask_reopening', r::text, jsonb_build_object('reason', trim(why)));
  perform account.enqueue_reopening_letters(c);
end $$;
-- The request that the page showed, locked.
create function blind.hold_reopening(c uuid, of_request uuid) returns blind.reopening
language plpgsql as $$
declare r blind.reopening;
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  select * into r from blind.asked_reopening(c) x where x.id = of_request;
  if not found then perform phach.refuse('reopening_gone'); end if;
  return r;
end $$;
-- The closing and its standings are taken back, and what was decided on them; the past keeps all of it.
create function blind.take_back(c uuid, why uuid) returns void
language plpgsql as $$
begin
  insert into blind.round_past(contest, reopening, closed_by, closed_at, standings, answers)
    select c, why, z.chair, z.at, coalesce(blind.seal_text(c), ''), coalesce((select jsonb_agg(jsonb_build_object('ranking_group', t.ranking_group, 'level', t.level, 'mark', t.mark,
        'answer', t.answer, 'reason', t.reason, 'chair', t.chair, 'at', t.at) order by t.at, t.id) from blind.tie_answer t where t.contest = c), '[]')
    from blind.closing z where z.contest = c;
  delete from blind.proposal where contest = c;
  delete from blind.tie_answer where contest = c;
  delete from blind.standing where contest = c;
  delete from blind.closing where contest = c;
end $$;
create function blind.answer_reopening(of_request uuid, yes boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); r blind.reopening := blind.hold_reopening(c, of_request); word text := case when yes then 'confirmed' else 'declined' end;
begin
  if yes is null then perform phach.refuse('form_unreadable'); end if;
  -- asked and confirmed by two people, whatever hats they wear
  if yes and r.chair = phach.account() then perform phach.refuse('reopening_two'); end if;
  insert into blind.reopening_answer(reopening, contest, answer, account) values (r.id, c, word, phach.account());
  if yes then perform blind.take_back(c, r.id); end if;
  perform record.note(c, case when yes then 'reopen_round' else 'decline_reopening' end, r.id::text, jsonb_build_object('asked_by', r.chair, 'reason', r.reason));
end $$;
create function blind.withdraw_reopening(of_request uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); r blind.reopening := blind.hold_reopening(c, of_request);
begin
  insert into blind.reopening_answer(reopening, contest, answer, account) values (r.id, c, 'withdrawn', phach.account());
  perform record.note(c, 'withdraw_reopening', r.id::text, '{}');
end $$;
grant execute on function blind.open_reopening(), blind.ask_reopening(text), blind.withdraw_reopening(uuid) to phach_chair;
grant execute on function blind.open_reopening(), blind.answer_reopening(uuid, boolean) to phach_organizer;
reset role;

-- The chair asks for the round to be re-opened: a letter to every organizer who is somebody else.
set local role phach_account_owner;
create function account.enqueue_reopening_letters(c uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform mail.enqueue(a.email, a.lang, 'reopening-asked', jsonb_build_object('name', a.name, 'contest_vi', k.title_vi, 'contest_en', k.title_en, 'slug', k.slug))
    from account.hat h join account.account a on a.id = h.account join contest.contest k on k.id = c
    where h.contest = c and h.hat = 'organizer' and a.id is distinct from phach.account();
end $$;
grant execute on function account.enqueue_reopening_letters(uuid) to phach_blind_owner;
reset role;

-- A tie over a line, answered by one more reading of each tied paper. The round stays closed for all other papers; the old standings stand
-- until the last of these readings is in (docs/decisions/0009).
set local role phach_blind_owner;
create table blind.extra_reading(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  ranking_group uuid not null references contest.ranking_group, level int not null, mark int not null, papers int not null,
  reason text not null check (length(trim(reason)) between 5 and 500), chair uuid not null, at timestamptz not null default phach.now());
alter table blind.extra_reading enable row level security; alter table blind.extra_reading force row level security;
create policy own on blind.extra_reading to phach_blind_owner using (true) with check (true);
create policy board on blind.extra_reading for select to phach_chair, phach_organizer, phach_auditor using (contest = (select phach.contest()));
grant select (contest, ranking_group, level, mark, papers, reason) on blind.extra_reading to phach_chair, phach_organizer, phach_auditor;

create function blind.order_extra(of_group uuid, of_level int, of_mark int, why text) returns void
language plpgsql as $$
declare c uuid := phach.contest(); n int;
begin
  update blind.paper p set extra = extra + 1, wanted = wanted + 1, agreed = null, agreed_how = null
    from blind.standing s where s.contest = c and s.ranking_group = of_group and s.mark = of_mark and p.code = s.code and not p.retired;
  get diagnostics n = row_count;
  delete from blind.proposal where contest = c;
  insert into blind.extra_reading(contest, ranking_group, level, mark, papers, reason, chair) values (c, of_group, of_level, of_mark, n, why, phach.account());
  perform record.note(c, 'answer_tie', of_group::text, jsonb_build_object('level', of_level, 'mark', of_mark, 'answer', 'another', 'papers', n, 'reason', why));
end $$;
-- Whether the round takes anything at all: it is open, or open again for some papers.
create function blind.round_open() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (select from blind.closing where contest = phach.contest()) or blind.extra_waits(phach.contest());
end $$;
-- Whether a paper in the judge's own hands is one of those.
create function blind.awaits_extra(of_paper text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from blind.paper p join blind.assignment a on a.paper = p.code and a.judge = phach.account() and a.state = 'open'
    where p.code = of_paper and p.contest = phach.contest() and p.extra > 0 and cardinality(p.marks) < p.wanted);
end $$;
grant execute on function blind.round_open() to phach_dealer, phach_chair;
grant execute on function blind.awaits_extra(text) to phach_judge;
reset role;
