-- Judges who came late: papers dealt already that nobody has begun move to them.
set local role phach_blind_owner;

-- Who first declared after the first assignment, and marks. For the assignment's own hat.
create function blind.late_judges() returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select h.account from account.hat h where h.contest = phach.contest() and h.hat = 'judge'
    and (select min(d.at) from blind.declaration d where d.contest = h.contest and d.judge = h.account) > (select min(x.at) from blind.deal x where x.contest = h.contest)
    and not exists (select from blind.withdrawal w where w.contest = h.contest and w.judge = h.account) order by 1;
end $$;
-- First readings in hands that have not begun them: not opened, nothing written. Of a paper that is read once more because of a tie, none.
create function blind.unbegun() returns table(judge uuid, paper text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.judge, a.paper from blind.assignment a join blind.paper p on p.code = a.paper and not p.retired and p.extra = 0
    where a.contest = phach.contest() and a.state = 'open' and not a.third and not a.opened
      and not exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper)
      and not exists (select from blind.withdrawal w where w.contest = a.contest and w.judge = a.judge) order by a.paper, a.judge;
end $$;
-- A share is a batch of its own: it moves papers between judges, and nothing of the named side moves with it. From here on nobody deals,
-- declares or closes meanwhile.
create function blind.begin_share() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  if phach.account() is null then raise exception 'who calls this share?'; end if;
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  if exists (select from blind.closing where contest = c) then perform phach.refuse('round_closed'); end if;
  insert into blind.batch(contest, day) select c, (phach.now() at time zone k.timezone)::date from contest.contest k where k.id = c;
end $$;
-- moves: [{paper, from, to}], found from this input and the seed that blind.take_seed gave. Each is checked here again: to a judge who came
-- late, may read the paper and never had it; from one who has not begun it, not even a moment ago. A judge who is opening it is waited for.
create function blind.share_out(moves jsonb, an_input text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); d uuid; n int; s record; hash bytea; wanted int := jsonb_array_length(moves);
begin
  if not exists (select from blind.batch b where b.contest = c and b.tx = pg_current_xact_id()) then raise exception 'a share outside a batch'; end if;
  if wanted < 1 then perform phach.refuse('deal_stale'); end if;
  if exists (select from jsonb_to_recordset(moves) as x(paper text, "from" uuid, "to" uuid)
      where not exists (select from blind.late_judges() l where l = x."to") or exists (select from slip.exclusions() e where e.judge = x."to" and e.paper = x.paper)
        or exists (select from blind.assignment a where a.judge = x."to" and a.paper = x.paper)) then
    perform phach.refuse('deal_stale');
  end if;
  s := blind.next_seed(c);
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
  update blind.batch set moves = blind.batch.moves + n where contest = c and tx = pg_current_xact_id();
  perform account.enqueue_papers_letters(c, array(select distinct x."to" from jsonb_to_recordset(moves) as x("to" uuid)));
  perform record.note(c, 'share_out', d::text, jsonb_build_object('moves', n,
    'judges', (select count(distinct x."to") from jsonb_to_recordset(moves) as x("to" uuid)), 'seed', encode(s.sha256, 'hex'), 'input', encode(hash, 'hex')));
  perform blind.make_seed(c);
  return d;
end $$;
grant execute on function blind.late_judges(), blind.unbegun(), blind.begin_share(), blind.share_out(jsonb, text) to phach_dealer;
reset role;

-- The organizer reads the standings once they are made, as the chair does: codes, marks and ranks, with their charts, and the list by code, on record.
set local role phach_blind_owner;
create policy organizer on blind.distribution for select to phach_organizer using (contest = (select phach.contest()));
create policy organizer on blind.spread for select to phach_organizer using (contest = (select phach.contest()));
grant select (contest, ranking_group, part, papers) on blind.distribution to phach_organizer;
grant select (contest, ranking_group, low, high, papers) on blind.spread to phach_organizer;
grant select (extra) on blind.paper to phach_organizer;
grant execute on function blind.note_export(text) to phach_organizer;
reset role;
