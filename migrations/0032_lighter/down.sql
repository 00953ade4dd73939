-- As they were before.
set local role phach_blind_owner;
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
create or replace function blind.my_place(of_paper text, shown text) returns table("position" bigint, "of" bigint, marked bigint, previous text, next text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query with mine as materialized (
      select a.paper, row_number() over (order by a.place, a.paper) as n, count(*) over () as total, count(*) filter (where a.state = 'marked') over () as done,
        shown in ('', case when a.state = 'open' and exists (
          select from blind.draft d where d.judge = a.judge and d.paper = a.paper) then 'begun' else a.state end) as fits
      from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest()
        and a.state <> 'recused' and not a.moved)
    select m.n, m.total, m.done, (select p.paper from mine p where p.n < m.n and p.fits order by p.n desc limit 1),
        (select p.paper from mine p where p.n > m.n and p.fits order by p.n limit 1)
      from mine m where m.paper = of_paper;
end $$;
reset role;
