set local role phach_blind_owner;
create or replace function blind.batch_state() returns table(waiting int, callable boolean, last_day date, last_moves int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); n int := blind.moves_waiting(c); groups uuid[] := blind.callable_groups();
begin
  return query select case when n >= 5 then n end,
      n > 0 and (slip.moves_waiting(c, groups) > 0 or exists (select from blind.lacks(c) l where l.moved and l.ranking_group = any(groups))), b.day, case when b.moves >= 5 then b.moves end
    from (select 1) one left join lateral (select x.day, x.moves from blind.batch x where x.contest = c order by x.at desc, x.id limit 1) b on true;
end $$;
create or replace function blind.lacks(c uuid) returns table(code text, ranking_group uuid, need int, moved boolean)
language plpgsql stable as $$
begin
  return query select p.code, p.ranking_group,
      (case when p.third_wanted then 1 else p.wanted end - count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted))::int,
      p.third_wanted or coalesce(bool_or(a.state = 'recused'), false)
    from blind.paper p left join blind.assignment a on a.paper = p.code and a.contest = c where p.contest = c and not p.retired group by p.code
    having case when p.third_wanted then 1 else p.wanted end > count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted);
end $$;
create or replace function blind.judges() returns table(judge uuid, name text, declared boolean, open_papers bigint, marked bigint, recused bigint, withdrawn boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select o.id, o.name, exists (select from blind.declaration d where d.contest = phach.contest() and d.judge = o.id),
      count(a.paper) filter (where a.state = 'open'), count(a.paper) filter (where a.state = 'marked'), count(a.paper) filter (where a.state = 'recused'),
      exists (select from blind.withdrawal w where w.contest = phach.contest() and w.judge = o.id)
    from account.officials() o left join blind.assignment a on a.judge = o.id and a.contest = phach.contest()
    where o.hat = 'judge' group by o.id, o.name order by o.name, o.id;
end $$;
drop index blind.assignment_held;
reset role;
