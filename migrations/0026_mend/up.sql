-- What was found amiss once everything stood: a share that barred its giver for good, shortages that a share or a batch forgot, a paper shown in the
-- moment in which it leaves, a place that a level above withholds, corrections that were more than letters.
set local role phach_blind_owner;

-- A share's giver never began the paper, and may be given it again by a later assignment. What the share took stays for the replay.
alter table blind.assignment_past add column shared uuid;
create index assignment_past_shared on blind.assignment_past(shared) where shared is not null;
grant select (shared) on blind.assignment to phach_dealer;

create or replace function blind.keep_past() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into blind.assignment_past(judge, paper, contest, deal, shared) values (old.judge, old.paper, old.contest, old.deal, old.shared);
  return null;
end $$;
create or replace function blind.is_dealt(of_deal uuid, pairs jsonb, taken jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (
    with drawn as (select x.judge, x.paper from jsonb_to_recordset(pairs) as x(judge uuid, paper text)),
    stored as (select a.judge, a.paper from blind.assignment a where a.deal = of_deal and a.contest = phach.contest()
      union all select o.judge, o.paper from blind.assignment_past o where o.deal = of_deal and o.contest = phach.contest())
    (select * from drawn except all select * from stored) union all (select * from stored except all select * from drawn))
  and not exists (
    with drawn as (select x.judge, x.paper from jsonb_to_recordset(taken) as x(judge uuid, paper text)),
    stored as (select a.judge, a.paper from blind.assignment a where a.shared = of_deal and a.contest = phach.contest() and a.state = 'recused' and a.moved
      union all select o.judge, o.paper from blind.assignment_past o where o.shared = of_deal and o.contest = phach.contest())
    (select * from drawn except all select * from stored) union all (select * from stored except all select * from drawn));
end $$;
-- What the assignment before this one found nobody for, and still has nobody: an assignment that did not look for it says it further. A share looks
-- for nobody, a batch of one group not for another's.
create function blind.carry_short(of_deal uuid, of_last uuid) returns void
language plpgsql as $$
begin
  insert into blind.shortage(deal, contest, paper, missing)
    select of_deal, s.contest, s.paper, s.missing from blind.shortage s join blind.paper p on p.code = s.paper and not p.retired
    where s.deal = of_last and not exists (select from blind.shortage x where x.deal = of_deal and x.paper = s.paper)
      and case when p.third_wanted then 1 else p.wanted end
        > (select count(*) from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted);
end $$;
create function blind.last_deal(c uuid) returns uuid
language sql stable as $$ select d.id from blind.deal d where d.contest = c order by d.at desc, d.id limit 1 $$;
create or replace function blind.deal_out(pairs jsonb, short jsonb, an_input text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d uuid; n int; s record; hash bytea; last uuid;
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || phach.contest()::text, 0));
  perform blind.hold_round(phach.contest());
  if not exists (select from blind.batch b where b.contest = phach.contest() and b.tx = pg_current_xact_id()) then raise exception 'a deal outside a batch'; end if;
  if exists (select from jsonb_to_recordset(pairs) as x(judge uuid, paper text) join slip.exclusions() e on e.judge = x.judge and e.paper = x.paper) then
    perform phach.refuse('deal_excluded');
  end if;
  -- somebody dealt in between
  if exists (select from jsonb_to_recordset(pairs) as x(judge uuid, paper text) join blind.assignment a on a.judge = x.judge and a.paper = x.paper
      where not (a.state = 'recused' and a.shared is not null)) then
    perform phach.refuse('deal_stale');
  end if;
  s := blind.next_seed(phach.contest());
  last := blind.last_deal(phach.contest());
  hash := sha256(s.seed || convert_to(an_input, 'UTF8'));
  insert into blind.deal(contest, seed, input, input_sha256, dealt) values (phach.contest(), s.n, an_input, hash, jsonb_array_length(pairs)) returning id into d;
  -- back to whoever gave it away in a share
  delete from blind.assignment a using jsonb_to_recordset(pairs) as x(judge uuid, paper text)
    where a.judge = x.judge and a.paper = x.paper and a.contest = phach.contest() and a.state = 'recused' and a.shared is not null;
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
  perform blind.carry_short(d, last);
  update blind.batch set moves = moves + n where contest = phach.contest() and tx = pg_current_xact_id();
  perform account.enqueue_papers_letters(phach.contest(), array(select distinct x.judge from jsonb_to_recordset(pairs) as x(judge uuid)));
  perform record.note(phach.contest(), 'deal', d::text, jsonb_build_object('dealt', n, 'short', jsonb_array_length(short),
    'seed', encode(s.sha256, 'hex'), 'input', encode(hash, 'hex')));
  perform blind.make_seed(phach.contest());
  return d;
end $$;
create or replace function blind.share_out(moves jsonb, an_input text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); d uuid; n int; s record; hash bytea; wanted int := jsonb_array_length(moves); last uuid;
begin
  if not exists (select from blind.batch b where b.contest = c and b.tx = pg_current_xact_id()) then raise exception 'a share outside a batch'; end if;
  if wanted < 1 then perform phach.refuse('deal_stale'); end if;
  if exists (select from jsonb_to_recordset(moves) as x(paper text, "from" uuid, "to" uuid)
      where not exists (select from blind.late_judges() l where l = x."to") or exists (select from slip.exclusions() e where e.judge = x."to" and e.paper = x.paper)
        or exists (select from blind.assignment a where a.judge = x."to" and a.paper = x.paper)) then
    perform phach.refuse('deal_stale');
  end if;
  s := blind.next_seed(c);
  last := blind.last_deal(c);
  hash := sha256(s.seed || convert_to(an_input, 'UTF8'));
  insert into blind.deal(contest, seed, input, input_sha256, dealt) values (c, s.n, an_input, hash, wanted) returning id into d;
  update blind.assignment a set state = 'recused', moved = true, shared = d from jsonb_to_recordset(moves) as x(paper text, "from" uuid, "to" uuid)
    where a.judge = x."from" and a.paper = x.paper and a.contest = c and a.state = 'open' and not a.third and not a.opened
      and exists (select from blind.paper p where p.code = a.paper and not p.retired and p.extra = 0)
      and not exists (select from blind.draft z where z.judge = a.judge and z.paper = a.paper);
  get diagnostics n = row_count;
  if n <> wanted then perform phach.refuse('deal_stale'); end if;
  insert into blind.assignment(judge, paper, contest, deal)
    select x."to", x.paper, c, d from jsonb_to_recordset(moves) as x(paper text, "from" uuid, "to" uuid) order by x.paper, x."to";
  perform blind.carry_short(d, last);
  update blind.batch set moves = blind.batch.moves + n where contest = c and tx = pg_current_xact_id();
  perform account.enqueue_papers_letters(c, array(select distinct x."to" from jsonb_to_recordset(moves) as x("to" uuid)));
  perform record.note(c, 'share_out', d::text, jsonb_build_object('moves', n,
    'judges', (select count(distinct x."to") from jsonb_to_recordset(moves) as x("to" uuid)), 'seed', encode(s.sha256, 'hex'), 'input', encode(hash, 'hex')));
  perform blind.make_seed(c);
  return d;
end $$;
-- Said behind the page, before the text leaves: a paper that was taken in that moment is no longer this judge's, and the text does not go out.
create or replace function blind.open_paper(of_paper text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update blind.assignment set opened = true where judge = phach.account() and contest = phach.contest() and paper = of_paper and state = 'open' and not opened;
  if not found and not exists (select from blind.assignment where judge = phach.account() and contest = phach.contest() and paper = of_paper and state <> 'recused') then
    perform phach.refuse('enter_not_found');
  end if;
end $$;
-- While tied papers are read once more the old standings close up where a paper leaves: places are counted, and a gap would be one paper too many.
create trigger steps_moved after update on blind.standing referencing new table as changed for each statement execute function blind.draw_steps();
create or replace function blind.retire_papers(codes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); waited boolean := blind.extra_waits(c);
begin
  delete from blind.draft d using blind.assignment a where d.paper = any(codes) and a.paper = d.paper and a.judge = d.judge and a.state = 'open';
  update blind.assignment set state = 'recused', moved = true where paper = any(codes) and state = 'open';
  update blind.paper set retired = true, new_text = false where code = any(codes);   -- nobody decides on the text of what has left
  if exists (select from blind.closing where contest = c) then
    -- while tied papers are read once more the old standings stay, without what has left; with the last of these papers they end
    if blind.extra_waits(c) then
      delete from blind.standing s where s.contest = c and s.code = any(codes);
      update blind.standing s set rank = n.rank, place = n.place
        from (select x.code, rank() over w as rank, row_number() over (partition by x.ranking_group order by x.mark desc, x.code) as place
          from blind.standing x where x.contest = c and x.mark is not null window w as (partition by x.ranking_group order by x.mark desc)) n
        where s.contest = c and s.code = n.code and (s.rank, s.place) is distinct from (n.rank, n.place);
    elsif waited then perform blind.end_extra(c);
    else perform blind.stand(c);
    end if;
    -- what was decided on other standings is decided again
    delete from blind.proposal where contest = c;
    delete from blind.tie_answer t using blind.paper p where p.code = any(codes) and t.contest = c and t.ranking_group = p.ranking_group;
  end if;
end $$;
-- A declaration is frozen with the first own paper, and once there are papers it is said once: previews of an assignment before and after a change of
-- it would tell which papers are whose. Until the cut there is nothing to look at, and it may be changed.
create or replace function blind.declaration_frozen() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from blind.assignment where contest = phach.contest() and judge = phach.account())
    or exists (select from blind.declaration where contest = phach.contest() and judge = phach.account()) and exists (select from blind.paper where contest = phach.contest());
end $$;
-- With the chair's answer, so that it is read in the list already.
drop function blind.my_queue();
create function blind.my_queue() returns table(paper text, state text, title text, category_vi text, category_en text, begun boolean, total int, correction text, answer text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.paper, a.state, p.title, k.name_vi, k.name_en,
      a.state <> 'recused' and exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper), s.total, m.state, m.answer
    from blind.assignment a left join blind.paper p on p.code = a.paper and a.state <> 'recused' left join contest.category k on k.id = p.category
      left join blind.sheet s on s.paper = a.paper and s.judge = a.judge left join blind.my_corrections() m on m.paper = a.paper
    where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper;
end $$;
grant execute on function blind.my_queue() to phach_judge;
reset role;

set local role phach_slip_owner;
grant execute on function slip.rests_until(uuid) to phach_result_owner;
-- A place that came free from this level down: the sealed list moves up level by level, and the first reserve takes the last one. A place
-- is taken only with its level's least mark, and else stays free. It exists as far as the prize table goes: where equal marks had made a level larger, it
-- shrinks back to the table and the level below has so many fewer. What a level withholds is no place of the next one.
create or replace function slip.move_up(c uuid, struck text, of_prize uuid) returns int language plpgsql as $$
declare z contest.prize; l record; up record; moved int := 0; have int; over int := 0;
begin
  select id, contest, key, name_vi, name_en, kind, ranking_group, level, places, amount, currency, position into strict z from contest.prize where id = of_prize;
  for l in select p.id, p.level, coalesce(p.minimum, 0) as minimum, p.places from contest.prize p
      where p.contest = c and p.kind = 'individual' and p.ranking_group = z.ranking_group order by p.level loop
    select count(*) into have from result.prizes_now(c) w where w.prize = l.id;
    if l.level < z.level or over + have >= l.places then
      over := greatest(over + have - l.places, 0);
      continue;
    end if;
    over := 0;
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
reset role;

set local role phach_result_owner;
-- A correction is one of letters: as many authors as there are, who proposes and who confirms by a password that has stood for a day.
create or replace function result.check_decision(d result.decision) returns void language plpgsql as $$
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
    if not exists (select from result.awards(d.contest) a where a.id = d.award) then perform phach.refuse('award_gone'); end if;
  else
    select n.title, n.authors into was from result.names_now(d.contest) n join result.prizes_now(d.contest) w on w.code = n.code where n.code = d.code;
    if not found then perform phach.refuse('list_none'); end if;
    if cardinality(was.authors) <> cardinality(d.authors) then perform phach.refuse('list_count'); end if;
    if (was.title, was.authors) is not distinct from (d.title, d.authors) then perform phach.refuse('list_same'); end if;
  end if;
end $$;
create or replace function result.propose_correction(of_code text, a_title text, some_authors text[], why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if slip.rests_until(phach.account()) is not null then perform phach.refuse('password_rests'); end if;
  if coalesce(length(trim(a_title)), 0) not between 1 and 300 then perform phach.refuse('list_title'); end if;
  if coalesce(cardinality(some_authors), 0) not between 1 and 50 or exists (select from unnest(some_authors) a where length(trim(a)) not between 1 and 300) then
    perform phach.refuse('list_authors');
  end if;
  perform result.propose(jsonb_populate_record(null::result.decision,
    jsonb_build_object('contest', phach.contest(), 'kind', 'correct', 'code', of_code, 'title', trim(a_title), 'authors', some_authors, 'reason', why)));
end $$;
create or replace function result.confirm_decision(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); d result.decision; as_who text := result.decider();
begin
  perform pg_advisory_xact_lock(hashtextextended('results ' || c::text, 0));
  if as_who is null then perform phach.refuse('enter_not_found'); end if;
  if as_who = 'holder' and exists (select from slip.my_key() k where k.rests_until is not null) then perform phach.refuse('key_rests'); end if;
  if as_who = 'organizer' and slip.rests_until(phach.account()) is not null then perform phach.refuse('password_rests'); end if;
  select * into d from result.decision where id = of and contest = c and confirmed_at is null and dropped_at is null and proposed_at > phach.now() - interval '7 days' for update;
  if not found then perform phach.refuse('decision_gone'); end if;
  if d.proposed_by = phach.account() then perform phach.refuse('decision_two'); end if;
  if not exists (select from account.hat h where h.account = d.proposed_by and h.contest = c and h.hat = 'organizer') then perform phach.refuse('decision_gone'); end if;
  if d.kind = 'correct' and slip.rests_until(d.proposed_by) is not null then perform phach.refuse('decision_gone'); end if;
  perform result.check_decision(d);
  update result.decision set confirmed_by = phach.account(), confirmed_at = phach.now() where id = d.id;
  perform result.note_decision(d, false);
  perform result.amend(c, d.reason, d.proposed_by, phach.account());
end $$;
-- Collectives that have a prize and no longer what it asks for: a paper was struck out since. For who decides, and for who strikes out.
create function result.unmet() returns table(prize uuid, unit uuid)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  if result.decider() is null or not exists (select from result.awards(c)) then return; end if;
  return query select a.prize, a.unit from result.awards(c) a
    where not exists (select from result.needs_of(c) n where n.prize = a.prize and n.unit = a.unit and n.met) order by a.at, a.id;
end $$;
grant execute on function result.unmet() to phach_public, phach_organizer;
reset role;
