-- What the most opened pages ask is answered with less work around it.
set local role phach_named_owner;
-- In SQL it was planned anew at each call.
drop function named.counts();
create function named.counts() returns table(state text, category uuid, cut boolean, n bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.state, c.category, c.cut, sum(c.n)::bigint from named.counter c where c.contest = phach.contest()
    group by c.state, c.category, c.cut having sum(c.n) <> 0;
end $$;
grant execute on function named.counts() to phach_clerk;

-- Doubts of a kind without a look at the rows; entries in doubt of one state in the order of their numbers.
drop index named.flag_kind;
create index flag_kind on named.flag(contest, kind) include (entry) where settled_at is null;
create index entry_doubted on named.entry(contest, state, number) where flags <> 0;
-- Of these entries those of a state ('' is any), from a number on or backwards before it, as named.find says. For few: it goes through all of them.
create function named.find_among(ids uuid[], in_state text, from_number int, forward boolean, at_most int)
returns table(id uuid, number int, state text, category uuid, unit uuid, title text, cut boolean, version int, flags int,
  submitted_at timestamptz, state_at timestamptz, due_at timestamptz)
language plpgsql stable as $$
begin
  return query select e.id, e.number, e.state, e.category, e.unit, e.title, e.cut, e.version, e.flags, e.submitted_at, e.state_at, e.due_at
    from named.entry e where e.id = any(ids) and e.contest = phach.contest() and e.version > 0 and (in_state = '' or e.state = in_state)
      and case when forward then e.number >= from_number else e.number < from_number end
    order by case when forward then e.number else -e.number end limit at_most;
end $$;

-- Entries of a filter, inside the contest of the hat, in order from a place on, or backwards before it. The filter: q (a part
-- of a title or a name without accents, one or two letters only at the beginning of a word; an entry number; a receipt
-- number), state, category, unit (with all under it, or "none"), flag (a kind, or "any"), waited (days in its state), sort
-- (number, since, due). Nothing in q is a pattern. The statement's text depends on which filters are set, so that each finds its index.
create or replace function named.find(f jsonb, from_number int, from_at timestamptz, forward boolean, at_most int)
returns table(id uuid, number int, state text, category uuid, unit uuid, title text, cut boolean, version int, flags int,
  submitted_at timestamptz, state_at timestamptz, due_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  c uuid := phach.contest(); in_state text := f->>'state'; in_category uuid := f->>'category'; units uuid[];
  mask int := case when f->>'flag' = 'any' then 2147483647 else named.flag_bit(f->>'flag') end;
  until timestamptz := phach.now() - make_interval(days => (f->>'waited')::int);
  key text := phach.fold(coalesce(f->>'q', '')); sort text := case f->>'sort' when 'since' then 'e.state_at' when 'due' then 'e.due_at' end;
  w text := 'e.contest = $1 and e.version > 0'; columns text :=
    'select e.id, e.number, e.state, e.category, e.unit, e.title, e.cut, e.version, e.flags, e.submitted_at, e.state_at, e.due_at from named.entry e where ';
  way text := case when forward then '' else ' desc' end; cmp text := case when forward then ' >= ' else ' < ' end;
  n int := least(at_most, 5000); needle text; walked int; last int; ids uuid[]; more uuid[]; doubted uuid[];
begin
  if in_state <> '' then w := w || ' and e.state = $2'; end if;
  if in_category is not null then w := w || ' and e.category = $3'; end if;
  if (f->>'post')::boolean then w := w || ' and e.by_post'; end if;
  if f->>'unit' = 'none' then w := w || ' and e.unit is null';
  elsif f->>'unit' <> '' then
    units := array(select named.units_under((f->>'unit')::uuid)); w := w || ' and e.unit = any($4)';
  end if;
  if mask is not null then
    -- of which kind only where one is named: else the planner thinks that hardly any fit, and reads them all
    w := w || ' and e.flags <> 0' || case when f->>'flag' = 'any' then '' else ' and e.flags & $5 <> 0' end;
    -- a kind that few have is found by its own list
    doubted := array(select g.entry from named.flag g where g.contest = c and g.kind = f->>'flag' and g.settled_at is null limit 300);
    if f->>'flag' <> 'any' and cardinality(doubted) < 300 then
      if key = '' and in_category is null and until is null and sort is null and coalesce(f->>'unit', '') = '' and not coalesce((f->>'post')::boolean, false) then
        return query select * from named.find_among(doubted, coalesce(f->>'state', ''), from_number, forward, n);
        return;
      end if;
      w := w || ' and e.id = any($10)';
    else doubted := null; end if;
  end if;
  if until is not null then w := w || ' and e.state_at <= $6'; end if;
  if sort = 'e.due_at' then w := w || ' and e.due_at is not null'; end if;
  if key = '' then
    return query execute columns || w || case when sort is null then ' and e.number' || cmp || '$7 order by e.number' || way
      else ' and (' || sort || ', e.number)' || cmp || '($8, $7) order by ' || sort || way || ', e.number' || way end || ' limit $9'
      using c, in_state, in_category, units, mask, until, from_number, from_at, n, doubted;
    return;
  end if;
  -- What is frequent is found within a few hundred entries; what is rare, by its trigrams in the rest.
  needle := case when length(regexp_replace(key, '[^[:alnum:]]', '', 'g')) between 1 and 2 then ' ' || key else key end;
  execute 'with w as materialized (select e.id, e.number, strpos('' '' || e.title_key || '' / '' || e.authors_key, $8) > 0 as hit from named.entry e where '
    || w || ' and e.number' || cmp || '$7 order by e.number' || way || ' limit 1000)
    select count(*), case when $9 then max(number) else min(number) end, coalesce(array_agg(id) filter (where hit), ''{}'') from w'
    into walked, last, ids using c, in_state, in_category, units, mask, until, from_number, needle, forward, doubted;
  ids := ids[1:n];
  if walked = 1000 and cardinality(ids) < n then
    execute 'with s as materialized (select s.entry from named.search s where s.key like $8 and s.contest = $1)
      select array(select e.id from s join named.entry e on e.id = s.entry where ' || w || ' and e.number' || case when forward then ' > ' else ' < ' end
      || '$7 order by e.number' || way || ' limit $9)' into more using c, in_state, in_category, units, mask, until, last,
      '%' || replace(replace(replace(needle, '\', '\\'), '%', '\%'), '_', '\_') || '%', n - cardinality(ids), doubted;
    ids := ids || more;
  end if;
  if key ~ '^[0-9]{1,9}$' then ids := ids || array(select e.id from named.entry e where e.contest = c and e.number = key::int); end if;
  ids := ids || array(select v.entry from named.version v where v.receipt = upper(replace(key, '-', '')));
  return query execute columns || w || ' and e.id = any($8) and e.number' || cmp || '$7 order by e.number' || way || ' limit $9'
    using c, in_state, in_category, units, mask, until, from_number, ids, n, doubted;
end $$;
reset role;

set local role phach_blind_owner;
-- A judge's queue as one row of lists, in the judge's own order: the round, the papers, and what was asked and answered about corrections. A row
-- for each paper cost as much again as finding it. The lists keep the order of the rows under them: nothing here is worked on in parallel.
drop function blind.my_queue();
create function blind.my_queue(out closed boolean, out withdrawn boolean, out papers text[], out states text[], out titles text[], out categories uuid[],
  out begun boolean[], out totals int[], out asked text[], out corrections text[], out answers text[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare any_correction boolean;
begin
  select exists (select from blind.closing x where x.contest = phach.contest()), exists (select from blind.withdrawal w where w.contest = phach.contest() and w.judge = phach.account()),
      exists (select from blind.correction r where r.judge = phach.account() and r.contest = phach.contest()) into closed, withdrawn, any_correction;
  -- closed, and no paper in the own hands is read once more because of a tie
  if closed then
    closed := not exists (select from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and a.state = 'open' and blind.awaits_extra(a.paper));
  end if;
  select array_agg(x.paper), array_agg(x.state), array_agg(x.title), array_agg(x.category), array_agg(x.begun), array_agg(x.total)
    into papers, states, titles, categories, begun, totals from (
      select a.paper, a.state, p.title, p.category, a.state <> 'recused' and a.paper = any(array(select d.paper from blind.draft d where d.judge = phach.account())) as begun, s.total
      from blind.assignment a left join blind.paper p on p.code = a.paper and a.state <> 'recused' left join blind.sheet s on s.paper = a.paper and s.judge = a.judge
      where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper) x;
  if any_correction then
    select array_agg(m.paper), array_agg(m.state), array_agg(m.answer) into asked, corrections, answers from blind.my_corrections() m;
  end if;
end $$;
grant execute on function blind.my_queue() to phach_judge;
reset role;
