-- A judge's queue is what a judge opens most: the names of the categories are the program's to know, and what was asked and answered about
-- corrections is looked for only where something was. How it stands with the round comes with it, in one row more, the first. Without variables
-- in its statements: with one, Postgres plans them anew for each judge who has fewer papers than most.
set local role phach_blind_owner;
drop function blind.my_queue();
create function blind.my_queue() returns table(paper text, state text, title text, category uuid, begun boolean, total int, correction text, answer text, closed boolean, withdrawn boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare any_correction boolean;
begin
  select exists (select from blind.closing x where x.contest = phach.contest()), exists (select from blind.withdrawal w where w.contest = phach.contest() and w.judge = phach.account()),
      exists (select from blind.correction r where r.judge = phach.account() and r.contest = phach.contest()) into closed, withdrawn, any_correction;
  -- closed, and no paper in the own hands is read once more because of a tie
  if closed then
    closed := not exists (select from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state = 'open' and blind.awaits_extra(a.paper));
  end if;
  paper := ''; state := 'round'; begun := false;
  return next;
  if any_correction then
    return query select a.paper, a.state, p.title, p.category, a.state <> 'recused' and exists (select from blind.draft d where d.judge = phach.account() and d.paper = a.paper), s.total, m.state, m.answer, null::boolean, null::boolean
      from blind.assignment a left join blind.paper p on p.code = a.paper and a.state <> 'recused' left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
        left join blind.my_corrections() m on m.paper = a.paper
      where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper;
  else
    return query select a.paper, a.state, p.title, p.category, a.state <> 'recused' and exists (select from blind.draft d where d.judge = phach.account() and d.paper = a.paper), s.total, null::text, null::text, null::boolean, null::boolean
      from blind.assignment a left join blind.paper p on p.code = a.paper and a.state <> 'recused' left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
      where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper;
  end if;
end $$;
grant execute on function blind.my_queue() to phach_judge;
-- As before (0028), the neighbours by the index in the own order and the counts in one go, without a copy of the list.
create or replace function blind.my_place(of_paper text, shown text) returns table("position" bigint, "of" bigint, marked bigint, previous text, next text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare at double precision;
begin
  select a.place into at from blind.assignment a where a.judge = phach.account() and a.paper = of_paper and a.contest = phach.contest() and a.state <> 'recused' and not a.moved;
  if not found then return; end if;
  select count(*) filter (where (a.place, a.paper) <= (at, of_paper)), count(*), count(*) filter (where a.state = 'marked') into "position", "of", marked
    from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state <> 'recused' and not a.moved;
  select a.paper into previous from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state <> 'recused' and not a.moved and (a.place, a.paper) < (at, of_paper)
    and shown in ('', case when a.state = 'open' and exists (select from blind.draft d where d.judge = phach.account() and d.paper = a.paper) then 'begun' else a.state end)
    order by a.place desc, a.paper desc limit 1;
  select a.paper into next from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state <> 'recused' and not a.moved and (a.place, a.paper) > (at, of_paper)
    and shown in ('', case when a.state = 'open' and exists (select from blind.draft d where d.judge = phach.account() and d.paper = a.paper) then 'begun' else a.state end)
    order by a.place, a.paper limit 1;
  return next;
end $$;
reset role;
