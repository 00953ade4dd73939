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
reset role;
