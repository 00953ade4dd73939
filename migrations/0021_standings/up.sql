-- Standings as the board reads them: counts that charts are drawn from, made when the standings are; pages by place; lists.
set local role phach_blind_owner;

-- In the order of places, the unread last.
create index standing_order on blind.standing(contest, ranking_group, ord, code);

-- How many papers have their agreed mark in each twentieth of the rubric's total (0 … 19, the last one with the total itself).
create table blind.distribution(
  contest uuid not null references contest.contest, ranking_group uuid not null references contest.ranking_group,
  part int not null check (part between 0 and 19), papers int not null check (papers > 0), primary key (contest, ranking_group, part));
-- How many papers have their lowest and highest first marking in these fiftieths of the total (0 … 50): which of two judges marked
-- first is nobody's to know.
create table blind.spread(
  contest uuid not null references contest.contest, ranking_group uuid not null references contest.ranking_group,
  low int not null check (low between 0 and 50), high int not null check (high between low and 50), papers int not null check (papers > 0),
  primary key (contest, ranking_group, low, high));
do $$
declare t text;
begin
  foreach t in array array['distribution', 'spread'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
    execute format('create policy board on blind.%I for select to phach_chair using (contest = (select phach.contest()))', t);
  end loop;
end $$;
grant select (contest, ranking_group, part, papers) on blind.distribution to phach_chair;
grant select (contest, ranking_group, low, high, papers) on blind.spread to phach_chair;

-- Standings are written whole and taken away whole: their charts go with them.
create function blind.draw_charts() returns trigger language plpgsql as $$
begin
  insert into blind.distribution(contest, ranking_group, part, papers)
    select s.contest, s.ranking_group, least(s.mark * 20 / g.total, 19), count(*) from added s
      join contest.ranking_group g on g.id = s.ranking_group where s.mark is not null and g.total > 0 group by 1, 2, 3;
  insert into blind.spread(contest, ranking_group, low, high, papers)
    select s.contest, s.ranking_group, p.marks[1] * 50 / g.total, p.marks[cardinality(p.marks)] * 50 / g.total, count(*) from added s
      join blind.paper p on p.code = s.code join contest.ranking_group g on g.id = s.ranking_group
    where cardinality(p.marks) > 1 and g.total > 0 group by 1, 2, 3, 4;
  return null;
end $$;
create function blind.drop_charts() returns trigger language plpgsql as $$
begin
  delete from blind.distribution d where d.contest in (select contest from gone);
  delete from blind.spread d where d.contest in (select contest from gone);
  return null;
end $$;
create trigger draw_charts after insert on blind.standing referencing new table as added for each statement execute function blind.draw_charts();
create trigger drop_charts after delete on blind.standing referencing old table as gone for each statement execute function blind.drop_charts();

-- A list by code is taken away: on record before its first line.
create function blind.note_export(form text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if form not in ('csv', 'xlsx') then raise exception 'no such list'; end if;
  if not exists (select from blind.closing where contest = phach.contest()) then perform phach.refuse('standings_open'); end if;
  perform record.note(phach.contest(), 'export_standings', phach.contest()::text, jsonb_build_object('form', form));
end $$;
grant execute on function blind.note_export(text) to phach_chair;
reset role;
