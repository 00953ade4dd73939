-- The scoring portal: a judge corrects an own sheet, if the chair allows it; and reports a paper, of which the desk learns the kind and the paragraph.
set local role phach_blind_owner;

-- A judge asks to correct a sheet, once. The sheet may be gone since: then nothing is asked any more.
create table blind.correction(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  judge uuid not null references account.account, paper text not null references blind.paper, sheet uuid not null,
  reason text not null check (length(trim(reason)) between 5 and 500), at timestamptz not null default phach.now(),
  constraint correction_once unique (sheet));
create index correction_contest on blind.correction(contest, judge);
create table blind.correction_answer(
  correction uuid primary key references blind.correction, contest uuid not null, allowed boolean not null,
  reason text not null check (length(reason) <= 500), chair uuid not null, at timestamptz not null default phach.now(),
  check (allowed or length(trim(reason)) >= 5));
do $$
declare t text;
begin
  foreach t in array array['correction', 'correction_answer'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
  end loop;
end $$;

-- Whether a paper's sheets can still be corrected: not once its mark is agreed, or it has left, or its judge has.
create function blind.correctable(of_paper text, of_judge uuid) returns boolean
language plpgsql stable as $$
begin
  return exists (select from blind.paper p where p.code = of_paper and not p.retired and p.agreed is null
    and not exists (select from blind.withdrawal w where w.contest = p.contest and w.judge = of_judge));
end $$;
create function blind.ask_correction(of_paper text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); the_sheet uuid;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.closing z where z.contest = c) then perform phach.refuse('correction_closed'); end if;
  select s.id into the_sheet from blind.sheet s where s.judge = phach.account() and s.paper = of_paper and s.contest = c;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  -- one and the same answer, whether the mark is agreed or the paper has left
  if not blind.correctable(of_paper, phach.account()) then perform phach.refuse('correction_late'); end if;
  insert into blind.correction(contest, judge, paper, sheet, reason) values (c, phach.account(), of_paper, the_sheet, trim(why));
  perform record.note(c, 'ask_correction', of_paper, '{}');
end $$;
-- The own requests that still mean something: asked, declined (the sheet stands), allowed (the paper is open again).
create function blind.my_corrections() returns table(paper text, state text, reason text, answer text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select distinct on (r.paper) r.paper, case when a.correction is null then 'asked' when a.allowed then 'allowed' else 'declined' end, r.reason, coalesce(a.reason, '')
    from blind.correction r left join blind.correction_answer a on a.correction = r.id
    where r.contest = phach.contest() and r.judge = phach.account() and case when a.allowed
      then exists (select from blind.assignment x where x.judge = r.judge and x.paper = r.paper and x.state = 'open')
      else exists (select from blind.sheet s where s.id = r.sheet) end
    order by r.paper, r.at desc, r.id;
end $$;
-- The own papers in the own order, as a judge's policies show them: a recused one without title, one that the batch took away not at all. One
-- function, planned once: the queue is what judges open most.
create function blind.my_queue() returns table(paper text, state text, title text, category_vi text, category_en text, begun boolean, total int, correction text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.paper, a.state, p.title, k.name_vi, k.name_en,
      a.state <> 'recused' and exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper), s.total, m.state
    from blind.assignment a left join blind.paper p on p.code = a.paper and a.state <> 'recused' left join contest.category k on k.id = p.category
      left join blind.sheet s on s.paper = a.paper and s.judge = a.judge left join blind.my_corrections() m on m.paper = a.paper
    where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper;
end $$;
-- What the chair has to answer while the round is open, by code. agreed: it can only be declined any more.
create function blind.corrections() returns table(id uuid, code text, judge text, third boolean, total int, reason text, agreed boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select r.id, r.paper, coalesce((select o.name from account.officials() o where o.id = r.judge and o.hat = 'judge' limit 1), ''), s.third, s.total, r.reason, not blind.correctable(r.paper, r.judge)
    from blind.correction r join blind.sheet s on s.id = r.sheet join blind.paper p on p.code = r.paper
    where r.contest = phach.contest() and not p.retired and not exists (select from blind.closing z where z.contest = r.contest)
      and not exists (select from blind.correction_answer a where a.correction = r.id) order by r.paper, r.id;
end $$;
-- The chair answers. Allowed: the sheet is set aside as it is, its judge has the paper open again with the old marks as a draft.
create function blind.answer_correction(of_request uuid, yes boolean, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); r blind.correction; s blind.sheet;
begin
  perform blind.mend_round(c);
  select * into r from blind.correction x where x.id = of_request and x.contest = c;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if exists (select from blind.correction_answer a where a.correction = r.id) then perform phach.refuse('correction_answered'); end if;
  if yes is null then perform phach.refuse('form_unreadable'); end if;
  if coalesce(length(trim(why)), 0) > 500 or not yes and coalesce(length(trim(why)), 0) < 5 then perform phach.refuse('reason_needed'); end if;
  select * into s from blind.sheet x where x.id = r.sheet;
  if not found or exists (select from blind.paper p where p.code = r.paper and p.retired) then perform phach.refuse('correction_gone'); end if;
  if yes and not blind.correctable(r.paper, r.judge) then perform phach.refuse('correction_agreed'); end if;
  insert into blind.correction_answer(correction, contest, allowed, reason, chair) values (r.id, c, yes, coalesce(trim(why), ''), phach.account());
  if yes then
    insert into blind.aside(id, judge, paper, contest, third, marks, total, comment, at, reason, chair)
      values (s.id, s.judge, s.paper, s.contest, s.third, s.marks, s.total, s.comment, s.at, r.reason, phach.account());
    -- a third mark that nobody has begun is wanted only if the first ones differ again
    delete from blind.assignment a where not s.third and a.paper = s.paper and a.third and a.state = 'open' and not a.opened
      and not exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper);
    update blind.assignment a set state = 'open', opened = true where a.judge = s.judge and a.paper = s.paper;
    insert into blind.draft as d(judge, paper, contest, marks, comment)
      values (s.judge, s.paper, c, (select jsonb_object_agg(m.key, replace(to_char(m.value::numeric / 100, 'FM99990.00'), '.', ',')) from jsonb_each_text(s.marks) m), s.comment)
      on conflict (judge, paper) do update set marks = excluded.marks, comment = excluded.comment, saved_at = phach.now();
    delete from blind.sheet x where x.id = s.id;
    perform blind.recount(s.paper);
    perform account.enqueue_papers_letters(c, array[s.judge]);
  end if;
  perform record.note(c, 'answer_correction', r.paper, jsonb_build_object('judge', r.judge, 'allowed', yes) || case when trim(why) = '' then '{}' else jsonb_build_object('reason', trim(why)) end);
end $$;
grant execute on function blind.ask_correction(text, text), blind.my_corrections(), blind.my_queue() to phach_judge;
grant execute on function blind.corrections(), blind.answer_correction(uuid, boolean, text) to phach_chair;
reset role;

-- A judge reports a paper. What is written stays with the chair; the desk learns kind and paragraph, if the chair sends them there.
set local role phach_blind_owner;
create table blind.report(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  judge uuid not null references account.account, paper text not null references blind.paper,
  kind text not null check (kind in ('identity-seen', 'unreadable', 'suspected-copy')),
  paragraph int check (paragraph between 1 and 100000), note text not null default '' check (length(note) <= 500),
  at timestamptz not null default phach.now(), check (paragraph is not null or length(trim(note)) >= 5));
create index report_contest on blind.report(contest, paper);
create table blind.report_decision(
  report uuid primary key references blind.report, contest uuid not null,
  decision text not null check (decision in ('nothing', 'note', 'desk')), reason text not null default '' check (length(reason) <= 500),
  passed boolean not null default false,                  -- it has been carried to the desk
  chair uuid not null, at timestamptz not null default phach.now(), check (decision <> 'note' or length(trim(reason)) >= 5));
create table blind.report_answer(
  report uuid primary key references blind.report, contest uuid not null,
  answer text not null check (answer in ('mended', 'cannot-be-mended', 'no-problem')));
do $$
declare t text;
begin
  foreach t in array array['report', 'report_decision', 'report_answer'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
  end loop;
end $$;

-- The record says that something was reported, and never of which paper: on the other side it says what the desk answered, and about which entry.
create function blind.report_paper(of_paper text, a_kind text, a_paragraph int, a_note text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.closing z where z.contest = c) and not blind.extra_waits(c) then perform phach.refuse('report_closed'); end if;
  perform from blind.assignment a where a.judge = phach.account() and a.paper = of_paper and a.contest = c and a.state <> 'recused' for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if coalesce(a_kind, '') not in ('identity-seen', 'unreadable', 'suspected-copy') then perform phach.refuse('report_kind'); end if;
  if a_paragraph not between 1 and 100000 or a_paragraph is null and coalesce(length(trim(a_note)), 0) < 5 or length(a_note) > 500 then perform phach.refuse('report_where'); end if;
  if exists (select from blind.report r where r.judge = phach.account() and r.paper = of_paper and r.kind = a_kind
      and not exists (select from blind.report_decision d where d.report = r.id)) then perform phach.refuse('report_waits'); end if;
  insert into blind.report(contest, judge, paper, kind, paragraph, note) values (c, phach.account(), of_paper, a_kind, a_paragraph, coalesce(trim(a_note), ''));
  perform record.note(c, 'report_paper', c::text, '{}');
end $$;
-- Of the own reports the judge sees that they were made, and no more.
create function blind.my_reports() returns table(paper text, kind text, paragraph int, note text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select r.paper, r.kind, r.paragraph, r.note from blind.report r where r.contest = phach.contest() and r.judge = phach.account() order by r.paper, r.at, r.id;
end $$;
-- For the chair, by code: first what waits for a decision. state: new | nothing | note | desk | answered | late (the seal came first).
create function blind.reports() returns table(id uuid, code text, judge text, kind text, paragraph int, note text, state text, reason text, answer text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select r.id, r.paper, coalesce((select o.name from account.officials() o where o.id = r.judge and o.hat = 'judge' limit 1), ''), r.kind, r.paragraph, r.note,
      case when a.report is not null then 'answered' when d.report is null and exists (select from blind.seal s where s.contest = r.contest) then 'late' else coalesce(d.decision, 'new') end, coalesce(d.reason, ''), coalesce(a.answer, '')
    from blind.report r join blind.paper p on p.code = r.paper left join blind.report_decision d on d.report = r.id left join blind.report_answer a on a.report = r.id
    where r.contest = phach.contest() and not p.retired order by d.report is not null, r.paper, r.kind, r.paragraph, r.id;
end $$;
create function blind.decide_report(of_report uuid, a_decision text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); r blind.report;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal s where s.contest = c) then perform phach.refuse('sealed'); end if;
  select * into r from blind.report x where x.id = of_report and x.contest = c for update;
  if not found or exists (select from blind.paper p where p.code = r.paper and p.retired) then perform phach.refuse('enter_not_found'); end if;
  if exists (select from blind.report_decision d where d.report = r.id) then perform phach.refuse('report_decided'); end if;
  if coalesce(a_decision, '') not in ('nothing', 'note', 'desk') then perform phach.refuse('form_unreadable'); end if;
  if coalesce(length(trim(why)), 0) > 500 or a_decision = 'note' and coalesce(length(trim(why)), 0) < 5 then perform phach.refuse('reason_needed'); end if;
  insert into blind.report_decision(report, contest, decision, reason, chair) values (r.id, c, a_decision, coalesce(trim(why), ''), phach.account());
  if a_decision = 'desk' then perform slip.report(r.paper); end if;
  perform record.note(c, 'decide_report', c::text, '{}');
end $$;
-- What is carried away from a paper: kinds and paragraphs, each once. And what is carried to it.
create function blind.pass_reports(of_paper text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare passing jsonb;
begin
  with gone as (update blind.report_decision d set passed = true from blind.report r where d.report = r.id and r.paper = of_paper and d.decision = 'desk' and not d.passed returning r.kind, r.paragraph)
    select jsonb_agg(distinct jsonb_build_object('kind', g.kind, 'paragraph', g.paragraph)) into passing from gone g;
  return coalesce(passing, '[]');
end $$;
create function blind.take_answers(of_paper text, answers jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into blind.report_answer(report, contest, answer)
    select r.id, r.contest, x.answer from blind.report r join blind.report_decision d on d.report = r.id and d.passed
      join jsonb_to_recordset(answers) as x(kind text, paragraph int, answer text) on x.kind = r.kind and x.paragraph is not distinct from r.paragraph
    where r.paper = of_paper and not exists (select from blind.report_answer a where a.report = r.id) order by r.id;
end $$;
grant execute on function blind.report_paper(text, text, int, text), blind.my_reports() to phach_judge;
grant execute on function blind.reports(), blind.decide_report(uuid, text, text) to phach_chair;
grant execute on function blind.pass_reports(text), blind.take_answers(text, jsonb) to phach_slip_owner;
reset role;

-- The desk: what came, of which entry; a word as the answer.
set local role phach_named_owner;
create table named.report(
  id uuid primary key default gen_random_uuid(), entry uuid not null references named.entry, contest uuid not null references contest.contest,
  kind text not null check (kind in ('identity-seen', 'unreadable', 'suspected-copy')), paragraph int, day date not null,
  answer text check (answer in ('mended', 'cannot-be-mended', 'no-problem', 'entry-ended')), clerk uuid references account.account,
  passed boolean not null default false);                 -- the answer has been carried back
create unique index report_open_once on named.report(entry, kind, coalesce(paragraph, 0)) where answer is null;
create index report_entry on named.report(entry);
alter table named.report enable row level security; alter table named.report force row level security;
create policy own on named.report to phach_named_owner using (true) with check (true);
create policy clerk on named.report for select to phach_clerk using (contest = (select phach.contest()));
grant select (id, entry, contest, kind, paragraph, day, answer) on named.report to phach_clerk;

-- Called by the crossing alone. No event of its own: the batch's has the day and the count. What has ended is told nothing.
create function named.take_reports(of_entry uuid, reports jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; n int;
begin
  select * into e from named.entry where id = of_entry and state = 'valid' for update;
  if not found then return; end if;
  insert into named.report(entry, contest, kind, paragraph, day)
    select e.id, e.contest, x.kind, x.paragraph, (phach.now() at time zone k.timezone)::date from jsonb_to_recordset(reports) as x(kind text, paragraph int)
      join contest.contest k on k.id = e.contest order by x.kind, x.paragraph on conflict do nothing;
  get diagnostics n = row_count;
  if n > 0 and e.flags & named.flag_bit('report-came') = 0 then
    update named.entry set flags = flags | named.flag_bit('report-came') where id = e.id;
    insert into named.flag(entry, contest, kind, others) values (e.id, e.contest, 'report-came', '{}');
  end if;
end $$;
create function named.pass_answers(of_entry uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare passing jsonb;
begin
  with gone as (update named.report r set passed = true where r.entry = of_entry and r.answer is not null and r.answer <> 'entry-ended' and not r.passed returning r.kind, r.paragraph, r.answer)
    select jsonb_agg(jsonb_build_object('kind', g.kind, 'paragraph', g.paragraph, 'answer', g.answer)) into passing from gone g;
  return coalesce(passing, '[]');
end $$;
create function named.answer_report(of_entry uuid, of_report uuid, word text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  if coalesce(word, '') not in ('mended', 'cannot-be-mended', 'no-problem') then perform phach.refuse('report_word'); end if;
  update named.report set answer = word, clerk = phach.account() where id = of_report and entry = e.id and answer is null;
  if not found then perform phach.refuse('report_answered'); end if;
  perform slip.answer(e.id);
  if not exists (select from named.report r where r.entry = e.id and r.answer is null) then perform named.lower_flag(e.id, 'report-came'); end if;
  perform record.note(e.contest, 'answer_report', e.id::text, jsonb_build_object('answer', word));
end $$;
create function named.end_reports_with_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update named.report set answer = 'entry-ended' where entry = new.id and answer is null;
  if found then perform named.lower_flag(new.id, 'report-came'); end if;
  return null;
end $$;
create trigger end_reports after update of state on named.entry for each row
  when (new.cut and old.state = 'valid' and new.state <> 'valid') execute function named.end_reports_with_entry();
grant execute on function named.take_reports(uuid, jsonb), named.pass_answers(uuid) to phach_slip_owner;
grant execute on function named.answer_report(uuid, uuid, text) to phach_clerk;
reset role;

set local role phach_slip_owner;
-- Crossing: report. A judge's problem with a paper, as kind and paragraph, to the desk; with the batch.
create function slip.report(of_paper text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform slip.wait(x.entry, 'report') from slip.pair x where x.paper = of_paper;
end $$;
-- Crossing: answer. The desk's answer to a report; with the batch.
create function slip.answer(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform slip.wait(of_entry, 'answer');
end $$;
-- Carries reports and answers: {entry: {paper, report?, answer?}}. On each side in that side's own order, so that no row lies where its other half
-- does. Answers first: none belongs to a report that comes with it.
create function slip.carry(told jsonb) returns void
language plpgsql as $$
declare k record; load jsonb := '{}';
begin
  for k in select key::uuid as entry, value ->> 'paper' as paper from jsonb_each(told) where value ? 'answer' order by 1 loop
    load := load || jsonb_build_object(k.paper, named.pass_answers(k.entry));
  end loop;
  for k in select key as paper, value as answers from jsonb_each(load) order by 1 loop
    perform blind.take_answers(k.paper, k.answers);
  end loop;
  load := '{}';
  for k in select key as entry, value ->> 'paper' as paper from jsonb_each(told) where value ? 'report' order by 2 loop
    load := load || jsonb_build_object(k.entry, blind.pass_reports(k.paper));
  end loop;
  for k in select key::uuid as entry, value as reports from jsonb_each(load) order by 1 loop
    perform named.take_reports(k.entry, k.reports);
  end loop;
end $$;
grant execute on function slip.report(text) to phach_blind_owner;
grant execute on function slip.answer(uuid) to phach_named_owner;
reset role;
