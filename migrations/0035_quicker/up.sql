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
    units := array(select u from named.units_under((f->>'unit')::uuid) u); w := w || ' and e.unit = any($4)';
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
-- What a judge's queue shows of a paper and of the own sheet stands beside the assignment: a line of the queue is then one row. Nobody is granted these
-- columns; the function below alone reads them. Where they come from they are looked after: a paper's title as it is dealt and when a text is amended, the
-- total with the sheet that is taken and with the one that is put away.
alter table blind.assignment add title text, add category uuid, add total int;
update blind.assignment a set title = p.title, category = p.category, total = (select s.total from blind.sheet s where s.judge = a.judge and s.paper = a.paper)
  from blind.paper p where p.code = a.paper;
create function blind.name_paper() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select p.title, p.category into new.title, new.category from blind.paper p where p.code = new.paper;
  return new;
end $$;
create trigger name_paper before insert on blind.assignment for each row execute function blind.name_paper();
create function blind.rename_paper() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update blind.assignment set title = new.title, category = new.category where paper = new.code;
  return null;
end $$;
create trigger rename_paper after update of title, category on blind.paper for each row
  when (old.title <> new.title or old.category <> new.category) execute function blind.rename_paper();
create function blind.put_away_total() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update blind.assignment set total = null where judge = old.judge and paper = old.paper;
  return null;
end $$;
create trigger put_away_total after delete on blind.sheet for each row execute function blind.put_away_total();
-- As before (0007), and the total.
create or replace function blind.take_sheet() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a record; p record;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || new.contest::text, 0));   -- as blind.hold_round
  select x.state, x.third, exists (select from blind.closing z where z.contest = new.contest) as closed into a
    from blind.assignment x where x.judge = new.judge and x.paper = new.paper and x.contest = new.contest for update;
  if a.state is null or a.state = 'recused' then perform phach.refuse('enter_not_found'); end if;
  if a.state = 'marked' then perform phach.refuse('sheet_once'); end if;
  select x.marks, x.third, x.wanted, x.extra, q.criteria, q.fit, q.missing, q.total into p from blind.paper x, lateral (
      select count(*) as criteria, count(*) filter (where m is null) as missing, sum(m) as total,
        count(*) filter (where m between 0 and max and m % step = 0) as fit
      from (select cr.max, r.step, case when jsonb_typeof(new.marks -> cr.key) = 'number' then (new.marks ->> cr.key)::numeric end as m
        from contest.category k join contest.rubric r on r.id = k.rubric join contest.criterion cr on cr.rubric = r.id where k.id = x.category) c) q
    where x.code = new.paper for update of x;
  if a.closed and (p.extra = 0 or cardinality(p.marks) >= p.wanted) then perform phach.refuse('round_closed'); end if;
  if p.missing > 0 then perform phach.refuse('mark_missing'); end if;
  if p.fit <> p.criteria or p.criteria <> (select count(*) from jsonb_object_keys(new.marks)) then perform phach.refuse('mark_range'); end if;
  new.third := a.third; new.total := coalesce(p.total, 0); new.at := phach.now();
  update blind.assignment set state = 'marked', total = new.total where judge = new.judge and paper = new.paper;
  if new.third and p.third is not null then raise exception 'a second third mark'; end if;
  if new.third then perform blind.settle(new.paper, p.marks, new.total, p.wanted);
  else perform blind.settle(new.paper, array(select m from unnest(p.marks || new.total) m order by m), p.third, p.wanted);
  end if;
  if a.closed then perform blind.end_extra(new.contest); end if;
  -- the note to oneself stays: it is no part of the sheet
  delete from blind.draft where judge = new.judge and paper = new.paper and note = '';
  if not found then update blind.draft set marks = '{}', comment = '' where judge = new.judge and paper = new.paper; end if;
  perform record.note(new.contest, 'mark_sheet', new.paper, jsonb_build_object('total', new.total, 'marks', new.marks));
  return new;
end $$;

-- A judge's queue as one row of lists, in the judge's own order: the round, the papers, and, looked for only where there are any, what was asked and
-- answered about corrections. The lists keep the order of the rows under them: nothing here is worked on in parallel.
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
      select a.paper, a.state, case when a.state <> 'recused' then a.title end as title, case when a.state <> 'recused' then a.category end as category, a.total,
        a.state <> 'recused' and a.paper = any(array(select d.paper from blind.draft d where d.judge = phach.account())) as begun
      from blind.assignment a where a.judge = phach.account() and a.contest = phach.contest() and not a.moved order by a.place, a.paper) x;
  if any_correction then
    select array_agg(m.paper), array_agg(m.state), array_agg(m.answer) into asked, corrections, answers from blind.my_corrections() m;
  end if;
end $$;
grant execute on function blind.my_queue() to phach_judge;
reset role;
