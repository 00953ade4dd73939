-- A judge's place among the own papers, by one pass over them.
set local role phach_blind_owner;

-- Position and counts are of all that the judge still has; the neighbours are among those whose state is shown, '' for any.
create function blind.my_place(of_paper text, shown text) returns table("position" bigint, "of" bigint, marked bigint, previous text, next text)
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
grant execute on function blind.my_place(text, text) to phach_judge;
reset role;
