-- The desk at scale: doubts, counts, search, decisions one by one or many at once, who has an entry open, texts and searches
-- that are kept, lists to take away. All on the named side.

-- Trigrams come with PostgreSQL's contrib and are a trusted extension; where they are missing or not allowed, the search
-- reads the whole table instead: slower, and right.
do $$
begin
  if not exists (select from pg_extension where extname = 'pg_trgm') then
    create schema trigram;
    create extension pg_trgm with schema trigram;
    grant usage on schema trigram to phach_named_owner;
  end if;
exception when insufficient_privilege or feature_not_supported or undefined_file then
  raise notice 'pg_trgm cannot be had (%): the desk searches without an index', sqlerrm;
end $$;

set local role phach_named_owner;

-- A doubt about an entry, raised by the program, lowered when its cause is gone, or settled by a clerk with a note.
create table named.flag(
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  kind text not null, raised_at timestamptz not null default phach.now(),
  settled_at timestamptz, clerk uuid references account.account,      -- settled and no clerk: lowered by the program
  note text not null default '' check (length(note) <= 500),
  others uuid[] not null default '{}');                               -- the entries that it means, the first twenty
create unique index flag_open_once on named.flag(entry, kind) where settled_at is null;
create index flag_entry on named.flag(entry, raised_at);
create index flag_kind on named.flag(contest, kind) where settled_at is null;

-- How many entries are in a state. One row per connection: no submission waits for another, and their sum is exact.
create table named.counter(
  contest uuid not null references contest.contest, category uuid not null references contest.category, state text not null, cut boolean not null,
  backend int not null,                                   -- 0: connections that have ended, added up
  n bigint not null, primary key (contest, category, state, cut, backend)) with (fillfactor = 50);

-- What is searched: folded title and names. Apart from the entry, so that a decision writes no trigram.
create table named.search(entry uuid primary key references named.entry on delete cascade, contest uuid not null references contest.contest, key text not null);

-- Who has an entry open. It blocks nobody and is forgotten after ten minutes.
create table named.claim(
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest, clerk uuid not null references account.account,
  since timestamptz not null default phach.now(), seen_at timestamptz not null default phach.now(), primary key (entry, clerk));

create table named.template(
  id uuid primary key, contest uuid not null references contest.contest, clerk uuid not null references account.account,
  name text not null check (length(trim(name)) between 1 and 80), vi text not null check (length(vi) <= 2000), en text not null check (length(en) <= 2000),
  at timestamptz not null default phach.now(), constraint template_name_once unique (contest, name), check (vi <> '' or en <> ''));
create table named.saved_search(
  id uuid primary key, contest uuid not null references contest.contest, clerk uuid not null references account.account,
  name text not null check (length(trim(name)) between 1 and 60), query text not null check (length(query) <= 4000),
  constraint saved_search_once unique (contest, clerk, name));

do $$
declare t text;
begin
  foreach t in array array['flag', 'counter', 'search', 'claim', 'template', 'saved_search'] loop
    execute format('alter table named.%I enable row level security', t);
    execute format('alter table named.%I force row level security', t);
    execute format('create policy own on named.%I to phach_named_owner using (true) with check (true)', t);
  end loop;
  if exists (select from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm' and has_schema_privilege(n.oid, 'usage')) then
    -- a short list of what waits to be sorted in: every search reads it through
    execute format('create index search_key on named.search using gin (key %I.gin_trgm_ops) with (gin_pending_list_limit = 128)',
      (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm'));
  end if;
end $$;
create policy clerk on named.flag for select to phach_clerk using (contest = (select phach.contest()));
create policy clerk on named.template for select to phach_clerk using (contest = (select phach.contest()));
create policy clerk on named.saved_search for select to phach_clerk using (contest = (select phach.contest()) and clerk = (select phach.account()));
grant select (id, entry, contest, kind, raised_at, settled_at, clerk, note, others) on named.flag to phach_clerk;
grant select (id, contest, name, vi, en) on named.template to phach_clerk;
grant select (id, contest, clerk, name, query) on named.saved_search to phach_clerk;

create function named.count(in_contest uuid, in_category uuid, in_state text, is_cut boolean, by bigint) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into named.counter as c(contest, category, state, cut, backend, n) values (in_contest, in_category, in_state, is_cut, pg_backend_pid(), by)
  on conflict (contest, category, state, cut, backend) do update set n = c.n + by $$;
-- Counts move with each entry; the cut, which moves 100,000 at once, counts them by itself.
create function named.count_move() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me int := pg_backend_pid();
begin
  if tg_op = 'UPDATE' and old.version > 0 then
    insert into named.counter as c values (old.contest, old.category, old.state, old.cut, me, -1)
    on conflict (contest, category, state, cut, backend) do update set n = c.n - 1;
  end if;
  insert into named.counter as c values (new.contest, new.category, new.state, new.cut, me, 1)
  on conflict (contest, category, state, cut, backend) do update set n = c.n + 1;
  return null;
end $$;
create trigger count_arrival after insert on named.entry for each row when (new.version > 0) execute function named.count_move();
create trigger count_move after update of state, category, version on named.entry for each row
  when (new.version > 0 and (old.version = 0 or old.state <> new.state or old.category <> new.category)) execute function named.count_move();

create function named.counts() returns table(state text, category uuid, cut boolean, n bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.state, c.category, c.cut, sum(c.n)::bigint from named.counter c where c.contest = phach.contest()
  group by c.state, c.category, c.cut having sum(c.n) <> 0 $$;
-- What ended connections counted becomes one row; who left an entry long ago is forgotten.
create function named.sweep() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  with ended as (delete from named.counter c where c.backend <> 0 and not exists (select from pg_stat_activity a where a.pid = c.backend)
    returning c.contest, c.category, c.state, c.cut, c.n)
  insert into named.counter as c(contest, category, state, cut, backend, n)
    select e.contest, e.category, e.state, e.cut, 0, sum(e.n) from ended e group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (contest, category, state, cut, backend) do update set n = c.n + excluded.n;
  delete from named.claim where seen_at < phach.now() - interval '1 hour';
end $$;

create function named.keep_search() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into named.search as s(entry, contest, key) values (new.id, new.contest, ' ' || new.title_key || ' / ' || new.authors_key)
  on conflict (entry) do update set key = excluded.key where s.key <> excluded.key;
  return null;
end $$;
create trigger keep_search after insert or update of title, authors_key on named.entry
  for each row when (new.version > 0) execute function named.keep_search();

-- The kinds of doubt, and each one's bit in named.entry.flags. A new kind is one line here and its words.
create function named.flag_bit(kind text) returns int language sql immutable parallel safe as $$
  select case kind when 'same-person' then 1 when 'coauthor-silent' then 2 when 'coauthor-objects' then 4 when 'mail-unconfirmed' then 8
    when 'mail-failed' then 16 when 'limit-doubt' then 32 when 'guardian-missing' then 64 when 'same-text' then 128 when 'post-late' then 256 when 'paper-incomplete' then 512
    when 'withdrawal-asked' then 1024 when 'repair-asked' then 2048 when 'repair-came' then 4096
    when 'report-came' then 8192 end $$;
-- Raised once while it is open, and not again for entries that a clerk has settled it about; the desk decides, nothing is
-- refused by it.
create function named.raise_flag(of_entry uuid, a_kind text, meant uuid[] default '{}') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid;
begin
  if named.flag_bit(a_kind) is null then raise exception 'no kind of flag: %', a_kind; end if;
  meant := coalesce((array(select distinct m from unnest(meant) m order by m))[1:20], '{}');
  if meant <> '{}' and exists (select from named.flag f where f.entry = of_entry and f.kind = a_kind and f.clerk is not null and f.others @> meant) then return; end if;
  update named.entry set flags = flags | named.flag_bit(a_kind) where id = of_entry and flags & named.flag_bit(a_kind) = 0 returning contest into c;
  if c is null then
    update named.flag set others = meant where entry = of_entry and kind = a_kind and settled_at is null and others <> meant;
    return;
  end if;
  insert into named.flag(entry, contest, kind, others) values (of_entry, c, a_kind, meant);
  perform record.note(c, 'raise_flag', of_entry::text, jsonb_build_object('kind', a_kind));
end $$;
-- Its cause is gone.
create function named.lower_flag(of_entry uuid, a_kind text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid;
begin
  update named.entry set flags = flags & ~named.flag_bit(a_kind) where id = of_entry and flags & named.flag_bit(a_kind) <> 0 returning contest into c;
  if c is null then return; end if;
  update named.flag set settled_at = phach.now() where entry = of_entry and kind = a_kind and settled_at is null;
  perform record.note(c, 'lower_flag', of_entry::text, jsonb_build_object('kind', a_kind));
end $$;
-- A clerk has looked into it.
create function named.settle_flag(of_entry uuid, a_kind text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from named.entry where id = of_entry and contest = phach.contest() and version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if length(trim(why)) < 5 then perform phach.refuse('flag_note_needed'); end if;
  update named.flag set settled_at = phach.now(), clerk = phach.account(), note = trim(why) where entry = of_entry and kind = a_kind and settled_at is null;
  if not found then perform phach.refuse('flag_settled'); end if;
  update named.entry set flags = flags & ~named.flag_bit(a_kind) where id = of_entry;
  perform record.note(phach.contest(), 'settle_flag', of_entry::text, jsonb_build_object('kind', a_kind, 'note', record.mute('entry ' || of_entry::text, trim(why))));
end $$;

create function named.units_under(u uuid) returns setof uuid language sql stable as $$
  with recursive tree(id) as (select id from contest.unit where id = u and contest = phach.contest() union all select x.id from contest.unit x join tree on x.parent = tree.id)
  select id from tree $$;

-- Entries of a filter, inside the contest of the hat, in order from a place on, or backwards before it. The filter: q (a part
-- of a title or a name without accents, one or two letters only at the beginning of a word; an entry number; a receipt
-- number), state, category, unit (with all under it, or "none"), flag (a kind, or "any"), waited (days in its state), sort
-- (number, since, due). Nothing in q is a pattern. The statement's text depends on which filters are set, so that each finds its index.
create function named.find(f jsonb, from_number int, from_at timestamptz, forward boolean, at_most int)
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
    w := w || ' and e.flags <> 0 and e.flags & $5 <> 0';
    -- a kind that few have is found by its own list
    doubted := array(select g.entry from named.flag g where g.contest = c and g.kind = f->>'flag' and g.settled_at is null limit 300);
    if f->>'flag' <> 'any' and cardinality(doubted) < 300 then w := w || ' and e.id = any($10)'; else doubted := null; end if;
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

-- The decisions on an entry, newest first, and who of the desk made them.
create function named.decisions(of_entry uuid)
returns table(version int, verdict text, reason text, by text, name text, due_at timestamptz, checks jsonb, at timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.version, s.verdict, s.reason, case when s.clerk is null then 'program' when s.clerk = phach.account() then 'me' else 'other' end,
    coalesce(a.name, ''), s.due_at, s.checks, s.at
  from named.screening s left join account.account a on a.id = s.clerk
  where s.entry = of_entry and s.contest = phach.contest() order by s.at desc, s.id $$;

-- A decision of the desk on the version it saw. The same decision by the same clerk a second time is a second press. A
-- refusal freed the limit: taking it back asks the limit again, and the doubts.
create function named.screen(of_entry uuid, seen int, a_verdict text, why text, due timestamptz default null, checked jsonb default '{}') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; c contest.contest; v named.version; readable boolean; until timestamptz;
begin
  select * into e from named.entry where id = of_entry and contest = phach.contest() and version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  select * into c from contest.contest where id = e.contest;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state = 'withdrawn' then perform phach.refuse('entry_ended'); end if;
  if e.version <> seen then perform phach.refuse('newer_version'); end if;
  if (select s.verdict = a_verdict and s.reason = trim(why) and s.clerk = phach.account() and s.version = seen from named.screening s
      where s.entry = e.id order by s.at desc limit 1) and e.state <> 'waiting' then return; end if;
  if a_verdict <> 'valid' and length(trim(why)) < 5 then perform phach.refuse('reason_needed'); end if;
  if a_verdict = 'query' then
    if phach.now() >= c.queries_close_at then perform phach.refuse('queries_closed'); end if;
    until := least(coalesce(due, c.queries_close_at), c.queries_close_at);
    if until <= phach.now() then perform phach.refuse('due_past'); end if;
  end if;
  select * into v from named.version where entry = e.id and n = e.version;
  readable := v.body is not null or exists (select from named.attachment a where a.id = v.attachment and a.state = 'read');
  if a_verdict = 'valid' and not readable then perform phach.refuse('not_readable'); end if;
  if a_verdict = 'valid' and e.by_post and named.is_late_post(e, c) then perform phach.refuse('post_late'); end if;
  if e.state = 'refused' and a_verdict <> 'refused' then perform named.raise_doubts(e, v, named.hold_limits(c, e.id, v)); end if;
  -- a query is answered by an entry accepted: its writer hears of that too
  if a_verdict = 'valid' and (select s.verdict = 'query' from named.screening s where s.entry = e.id order by s.at desc, s.id desc limit 1) then
    perform named.tell(e, 'entry-accepted');
  end if;
  insert into named.screening(id, entry, contest, version, verdict, reason, clerk, due_at, checks)
  values (gen_random_uuid(), e.id, e.contest, seen, a_verdict, trim(why), phach.account(), until, checked);
  update named.entry set state = case a_verdict when 'query' then 'queried' else a_verdict end, state_at = phach.now(), due_at = until where id = e.id;
  delete from named.claim where entry = e.id and clerk = phach.account();
  perform record.note(e.contest, 'screen_entry', e.id::text, jsonb_build_object('version', seen, 'verdict', a_verdict,
    'reason', record.mute('entry ' || e.id::text, why)) || case when checked = '{}' then '{}' else jsonb_build_object('checks', checked) end);
  if a_verdict <> 'valid' then
    -- an account reads the reason on its page; who has none, in the letter
    perform named.tell(e, case a_verdict when 'query' then 'query' else 'entry-refused' end,
      case when e.account is null then jsonb_build_object('reason', trim(why), 'until', until) else '{}' end);
  end if;
end $$;

-- What each of many entries is checked for before it may be valid without being opened. fails: why not, in order.
create function named.checks(numbers int[]) returns table(id uuid, number int, title text, category uuid, state text, version int, words int,
  min_words int, max_words int, authors int, min_authors int, max_authors int, flags int, fails text[])
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.number, e.title, e.category, e.state, e.version, w.words, k.min_words, k.max_words, w.authors, k.min_authors, k.max_authors, e.flags,
    array_remove(array[
      case when e.cut then 'cut' when e.state <> 'waiting' then e.state end,
      case when w.reading = 'pending' then 'pending' when w.reading = 'unreadable' then 'unreadable' when w.untyped then 'untyped' end,
      case when w.words < k.min_words then 'short' when w.words > k.max_words then 'long' end,
      case when w.authors < k.min_authors then 'authors-few' when w.authors > k.max_authors then 'authors-many' end,
      case when w.youngest < c.min_age then 'too-young' when w.ageless and (c.min_age is not null or c.guardian_age is not null) then 'age-unknown' end,
      case when named.is_alone(c, w.id) then 'guardian-missing' end,
      case when e.flags <> 0 then 'flagged' end], null)
  from named.entry e join contest.category k on k.id = e.category join contest.contest c on c.id = e.contest, lateral (
    select v.id, coalesce(v.words, a.words) as words, a.state as reading, v.body is null and v.attachment is null as untyped, x.authors, x.ageless,
      extract(year from c.opens_at at time zone c.timezone)::int - x.born as youngest
    from named.version v left join named.attachment a on a.id = v.attachment,
    lateral (select count(*)::int as authors, max(x.birth_year) as born, bool_or(x.birth_year is null) as ageless from named.author x where x.version = v.id) x
    where v.entry = e.id and v.n = e.version) w
  where e.contest = phach.contest() and e.version > 0 and e.number = any(numbers) order by e.number $$;
-- Valid for all of them that still are as they were seen: [{number, version}]. Whatever moved or fails is left, and why.
create function named.screen_many(seen jsonb) returns table(number int, left_for text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s record; k record; why text;
begin
  for s in select x.number, x.version from jsonb_to_recordset(seen) as x(number int, version int) order by x.number limit 500 loop
    number := s.number; left_for := null;
    perform from named.entry e where e.contest = phach.contest() and e.number = s.number and e.version > 0 for update;
    select * into k from named.checks(array[s.number]);
    if k.id is null then left_for := 'unknown';
    elsif k.version <> s.version then left_for := 'newer-version';
    elsif cardinality(k.fails) > 0 then left_for := k.fails[1];
    else
      begin
        perform named.screen(k.id, s.version, 'valid', '', null, '{"readable": "ok", "length": "ok", "authors": "ok", "flags": "ok", "together": "ok"}');
      exception when raise_exception then
        get stacked diagnostics why = constraint_name;
        left_for := replace(why, '_', '-');
      end;
    end if;
    return next;
  end loop;
end $$;

-- A clerk has it open; the same clerk within ten minutes goes on holding it since then.
create function named.claim(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);   -- nothing is lost with it
  insert into named.claim as c(entry, contest, clerk) select e.id, e.contest, phach.account() from named.entry e where e.id = of_entry and e.contest = phach.contest() and e.version > 0
  on conflict (entry, clerk) do update set since = case when c.seen_at < phach.now() - interval '10 minutes' then phach.now() else c.since end, seen_at = phach.now();
end $$;
create function named.holders(of_entry uuid) returns table(name text, since timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.name, c.since from named.claim c join account.account a on a.id = c.clerk
  where c.entry = of_entry and c.contest = phach.contest() and c.clerk <> phach.account() and c.seen_at > phach.now() - interval '10 minutes' order by c.since $$;

create function named.save_template(of_template uuid, a_name text, in_vi text, in_en text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select count(*) from named.template where contest = phach.contest() and id <> of_template) >= 100 then perform phach.refuse('templates_too_many'); end if;
  insert into named.template as t(id, contest, clerk, name, vi, en) values (of_template, phach.contest(), phach.account(), trim(a_name), trim(in_vi), trim(in_en))
  on conflict (id) do update set name = excluded.name, vi = excluded.vi, en = excluded.en, clerk = excluded.clerk, at = phach.now() where t.contest = excluded.contest;
  if not found then perform phach.refuse('enter_not_found'); end if;
end $$;
create function named.remove_template(of_template uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from named.template where id = of_template and contest = phach.contest() $$;
create function named.save_search(a_name text, a_query text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (select count(*) from named.saved_search where contest = phach.contest() and clerk = phach.account() and name <> trim(a_name)) >= 30 then
    perform phach.refuse('searches_too_many');
  end if;
  insert into named.saved_search(id, contest, clerk, name, query) values (gen_random_uuid(), phach.contest(), phach.account(), trim(a_name), a_query)
  on conflict (contest, clerk, name) do update set query = excluded.query;
end $$;
create function named.remove_search(of_search uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from named.saved_search where id = of_search and contest = phach.contest() and clerk = phach.account() $$;

-- A list is taken away: on record before its first line. No word that was searched for: the auditor reads this.
create function named.note_export(f jsonb, form text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select record.note(phach.contest(), 'export_list', phach.account()::text,
    jsonb_strip_nulls(jsonb_build_object('form', form, 'state', f->'state', 'category', f->'category', 'unit', f->'unit', 'flag', f->'flag', 'waited', f->'waited', 'post', f->'post',
      'searched', coalesce(f->>'q', '') <> ''))) $$;
create function named.export_rows(f jsonb, from_number int, at_most int) returns table(number int, receipt text, state text, cut boolean, category uuid, unit uuid,
  title text, words int, names text, pens text, years text, emails text, phones text, guardians text,
  received_at timestamptz, postmark date, arrived_at timestamptz, condition text, state_at timestamptz, due_at timestamptz, flags int, reason text, answers jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
  select e.number, v.receipt, e.state, e.cut, e.category, e.unit, e.title, coalesce(v.words, b.words), x.names, x.pens, x.years, x.emails, x.phones, x.guardians,
    e.submitted_at, n.postmark, n.arrived_at, n.condition, e.state_at, e.due_at, e.flags,
    coalesce((select s.reason from named.screening s where s.entry = e.id order by s.at desc limit 1), ''), coalesce(v.asked -> 'answers', '{}')
  from named.find(f, from_number, null, true, at_most) e join named.version v on v.entry = e.id and v.n = e.version left join named.attachment b on b.id = v.attachment
    left join lateral (select o.postmark, o.arrived_at, o.condition from named.envelope o where o.entry = e.id order by o.at desc, o.id limit 1) n on true,
  lateral (select string_agg(a.name, '; ' order by a.position) as names, string_agg(nullif(a.pen_name, ''), '; ' order by a.position) as pens,
      string_agg(a.birth_year::text, '; ' order by a.position) as years, string_agg(nullif(a.email, ''), '; ' order by a.position) as emails,
      string_agg(nullif(a.phone, ''), '; ' order by a.position) as phones,
      string_agg(nullif(a.guardian, ''), '; ' order by a.position) as guardians from named.author a where a.version = v.id) x
  order by e.number;
end $$;

grant execute on function named.find(jsonb, int, timestamptz, boolean, int), named.counts(), named.decisions(uuid), named.screen(uuid, int, text, text, timestamptz, jsonb),
  named.checks(int[]), named.screen_many(jsonb), named.claim(uuid), named.holders(uuid), named.settle_flag(uuid, text, text), named.save_template(uuid, text, text, text),
  named.remove_template(uuid), named.save_search(text, text), named.remove_search(uuid), named.note_export(jsonb, text), named.export_rows(jsonb, int, int) to phach_clerk;
grant execute on function named.sweep() to phach_worker;
reset role;
