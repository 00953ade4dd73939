-- What comes back to the named side: how far the readings of a category are, and, once the results are out, the own mark.
set local role phach_blind_owner;
create policy slip_reads on blind.sheet for select to phach_slip_owner using (true);
grant select (wanted, extra, marks, third, agreed, retired) on blind.paper to phach_slip_owner;
grant select (paper, comment) on blind.sheet to phach_slip_owner;
-- Papers that lack a reading by the rules; one that the chair had read once more because of a tie lacks none.
create index paper_unread on blind.paper(category) where not retired and cardinality(marks) < wanted - extra;
reset role;

set local role phach_slip_owner;
-- Crossing: own result. To the contestant, of an own entry that was marked to the end, once the results are out, what the rules allow. Comments
-- come in the order of their hashes: nobody learns who wrote which, nor when. Mark null: nobody could read it.
create function slip.own_result(of_entry uuid) returns table(mark int, readings int, comments text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select p.agreed, cardinality(p.marks) + (p.third is not null)::int,
      case k.own_result when 'mark_and_comments' then array(select s.comment from blind.sheet s where s.paper = p.code and trim(s.comment) <> ''
        order by sha256(convert_to(p.code || s.comment, 'UTF8'))) else '{}' end
    from named.entry e join contest.contest k on k.id = e.contest join slip.pair x on x.entry = e.id join blind.paper p on p.code = x.paper
    where e.id = of_entry and e.contest = phach.contest() and e.account = phach.account() and e.state = 'valid'
      and k.published_at is not null and k.own_result <> 'none' and not p.retired;
end $$;

-- Crossing: readings. Of a category one word: 'marking', and 'read' once no paper in it lacks a reading. A contestant is told it of categories
-- where an own entry is in the marking; the desk of each that is cut.
create function slip.readings() returns table(category uuid, word text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); desk boolean;
begin
  desk := exists (select from account.hat h where h.account = phach.account() and h.contest = c and h.hat = 'clerk');
  return query select k.id, case when exists (select from blind.paper p where p.category = k.id and not p.retired and cardinality(p.marks) < p.wanted - p.extra)
      then 'marking' else 'read' end
    from contest.category k where k.contest = c and exists (select from slip.cut_made m where m.category = k.id)
      and (desk or exists (select from named.entry e where e.category = k.id and e.contest = c and e.account = phach.account() and e.state = 'valid' and e.cut));
end $$;
grant execute on function slip.own_result(uuid) to phach_contestant;
grant execute on function slip.readings() to phach_contestant, phach_clerk;
grant usage on schema slip to phach_contestant;
reset role;
