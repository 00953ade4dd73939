-- A chair's page with 100,000 papers counted the readings of each paper five times over, by the table: three seconds. It counts them by an
-- index now, and what waits once.
set local role phach_blind_owner;
-- Who holds which paper, and how far: read by itself, without the table.
create index assignment_held on blind.assignment(contest, paper, third, state) include (judge);

-- As before (0015). A paper all of whose marks are in lacks nothing, for each mark has its reading.
create or replace function blind.lacks(c uuid) returns table(code text, ranking_group uuid, need int, moved boolean)
language plpgsql stable as $$
begin
  return query with held as (select a.paper, count(*) filter (where a.state <> 'recused' and not a.third) as firsts, count(*) filter (where a.state <> 'recused' and a.third) as thirds,
      bool_or(a.state = 'recused') as sent_back from blind.assignment a where a.contest = c group by a.paper),
    w as (select p.code, p.ranking_group, p.third_wanted, coalesce(h.sent_back, false) as sent_back,
      case when p.third_wanted then 1 - coalesce(h.thirds, 0) else p.wanted - coalesce(h.firsts, 0) end as need
      from blind.paper p left join held h on h.paper = p.code where p.contest = c and not p.retired and (p.third_wanted or cardinality(p.marks) < p.wanted))
    select w.code, w.ranking_group, w.need::int, w.third_wanted or w.sent_back from w where w.need > 0;
end $$;
-- As before, with what lacks a reading found out once: how many moves wait (none below five), whether any may be called now, and the last
-- one's day and count.
create or replace function blind.batch_state() returns table(waiting int, callable boolean, last_day date, last_moves int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); n int; readings int; groups uuid[]; any_moved boolean := false;
begin
  select coalesce(sum(l.need), 0)::int, array_agg(distinct l.ranking_group) into readings, groups from blind.lacks(c) l where l.moved;
  n := slip.moves_waiting(c, null) + readings;
  if n > 0 and not exists (select from blind.seal where contest = c) then
    -- as blind.callable_groups: all of them from five moves on, else those in which every first marking is in
    if n >= 5 then any_moved := true;
    else any_moved := slip.moves_waiting(c, blind.quiet_groups(c)) > 0 or groups && blind.quiet_groups(c);
    end if;
  end if;
  return query select case when n >= 5 then n end, coalesce(any_moved, false), b.day, case when b.moves >= 5 then b.moves end
    from (select 1) one left join lateral (select x.day, x.moves from blind.batch x where x.contest = c order by x.at desc, x.id limit 1) b on true;
end $$;
-- As before (0007): who judges, with loads, each judge's counted by that index.
create or replace function blind.judges() returns table(judge uuid, name text, declared boolean, open_papers bigint, marked bigint, recused bigint, withdrawn boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query with held as (select a.judge, count(*) filter (where a.state = 'open') as open, count(*) filter (where a.state = 'marked') as marked, count(*) filter (where a.state = 'recused') as recused
      from blind.assignment a where a.contest = phach.contest() group by a.judge)
    select o.id, o.name, exists (select from blind.declaration d where d.contest = phach.contest() and d.judge = o.id),
      coalesce(h.open, 0), coalesce(h.marked, 0), coalesce(h.recused, 0), exists (select from blind.withdrawal w where w.contest = phach.contest() and w.judge = o.id)
    from account.officials() o left join held h on h.judge = o.id where o.hat = 'judge' order by o.name, o.id;
end $$;
reset role;
