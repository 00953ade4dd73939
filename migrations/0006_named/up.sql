-- The named side: entries as submitted, authors, originals, screening, receipts. Nothing here knows a code.
set local role phach_named_owner;

-- A phone number as digits alone, so that one number written in several ways is one: 0912 345 678, +84 912 345 678,
-- 0084 (0)912.345.678. Empty where it can be no number of one phone (under 8 or over 15 digits).
create function named.phone_key(phone text) returns text language sql immutable parallel safe as $$
  select coalesce(substring(regexp_replace(regexp_replace(regexp_replace(phone, '[^0-9]', '', 'g'), '^00', ''), '^840?([1-9][0-9]{7,9})$', '0\1') from '^[0-9]{8,15}$'), '') $$;

create table named.entry(
  id uuid primary key,
  contest uuid not null references contest.contest,
  account uuid references account.account,                -- whose it is; null: it came by post and nobody has claimed it
  by_post boolean not null default false,                 -- the desk wrote it down (0014)
  state text not null default 'draft' check (state in ('draft', 'waiting', 'queried', 'valid', 'refused', 'withdrawn', 'struck_out')),
  number int,                                             -- running, from 1; given at the first submission
  version int not null default 0,                         -- the version that counts; 0: nothing submitted yet
  category uuid references contest.category,
  unit uuid references contest.unit,
  title text not null default '',
  title_key text not null generated always as (phach.fold(title)) stored,
  authors_key text not null default '',                   -- folded names, for the desk's search
  cut boolean not null default false,                     -- its slip has been torn off
  extended_to timestamptz,                                -- its own deadline, where the desk gave one
  flags int not null default 0,                           -- open doubts, a bit each: named.flag_bit
  due_at timestamptz,                                     -- while queried: until when the desk asked for an answer
  created_at timestamptz not null default phach.now(),
  submitted_at timestamptz,                               -- of the version that counts
  state_at timestamptz not null default phach.now(),
  check (account is not null or by_post),
  constraint entry_number_once unique (contest, number));
create index entry_account on named.entry(account, contest);
-- The desk's ways through 100,000 entries: by state, by category, by unit, what is in doubt, what waits longest.
create index entry_queue on named.entry(contest, state, number) where version > 0;
create index entry_category on named.entry(contest, category, state, number) where version > 0;
create index entry_unit on named.entry(contest, unit, number) where version > 0;
create index entry_flagged on named.entry(contest, number) where flags <> 0;
create index entry_since on named.entry(contest, state, state_at, number) where version > 0;
create index entry_due on named.entry(contest, due_at, number) where due_at is not null;
create index entry_by_post on named.entry(contest, number) where by_post;

-- What the contestant is writing: the only thing on this side that is overwritten.
create table named.draft(
  entry uuid primary key references named.entry on delete cascade,
  contest uuid not null references contest.contest,
  account uuid not null references account.account,
  revision int not null default 1,
  category uuid references contest.category,
  unit uuid references contest.unit,
  title text not null default '',
  body text not null default '' check (octet_length(body) <= 4194304),
  use_file boolean not null default false,
  attachment uuid,
  authors jsonb not null default '[]',
  note text not null default '',                          -- the answer to a query, until it is sent
  asked jsonb not null default '{}',                      -- what is ticked and answered so far, as in version.asked
  saved_at timestamptz not null default phach.now());
alter table named.draft alter column body set compression lz4;

create table named.attachment(
  id uuid primary key,
  entry uuid not null references named.entry on delete cascade,
  contest uuid not null references contest.contest,
  account uuid references account.account,
  storage_key text not null unique,                       -- random; says nothing
  file_name text not null check (length(file_name) <= 300),
  bytes int not null,
  sha256 bytea not null check (length(sha256) = 32),
  state text not null default 'pending' check (state in ('pending', 'read', 'unreadable')),
  reason text,                                            -- why unreadable: a code of room documents
  body text, words int,
  warnings jsonb not null default '[]',
  attached_at timestamptz not null default phach.now(),
  read_at timestamptz);
alter table named.attachment alter column body set compression lz4;
create index attachment_entry on named.attachment(entry);
create index attachment_pending on named.attachment(attached_at) where state = 'pending';

-- What was received, once and for all. The text of a version whose file was still unread stands in its attachment.
create table named.version(
  id uuid primary key,                                    -- made by the form: a replay is the same version
  entry uuid not null references named.entry,
  contest uuid not null references contest.contest,
  account uuid references account.account,
  clerk uuid references account.account,                  -- who of the desk wrote it for the author
  n int,                                                  -- 1, 2, …; null until received
  category uuid not null references contest.category,
  unit uuid references contest.unit,
  title text not null check (length(trim(title)) between 1 and 300),
  body text, words int,                                   -- null: in the attachment
  attachment uuid references named.attachment,
  sha256 bytea check (length(sha256) = 32),               -- of the file's bytes, or of the UTF-8 text as received; null: on paper only
  receipt text constraint receipt_once unique,            -- 16 letters of 32: 80 bits
  note text not null default '' check (length(note) <= 2000),  -- the contestant's answer to a query
  asked jsonb not null default '{}' check (octet_length(asked::text) <= 65536),   -- as sent: {declared: [id], answers: {question: text, or a choice's id}}
  answers jsonb not null default '[]',                    -- the same in the words of the rules when it was received: {declared, vi, en, value_vi, value_en}
  received_at timestamptz,
  unique (entry, n), check (account is not null or clerk is not null), check (clerk is not null or body is not null or attachment is not null),
  check ((sha256 is null) = (body is null and attachment is null)));
create index version_text on named.version(sha256);           -- the same text in another entry
alter table named.version alter column body set compression lz4;
create table named.author(
  version uuid not null references named.version on delete cascade,
  position int not null,                                  -- 1 is the contact
  contest uuid not null references contest.contest,
  account uuid references account.account,
  name text not null check (length(trim(name)) between 1 and 200 and name !~ '[[:cntrl:]]'),
  name_key text not null generated always as (phach.fold(name)) stored,
  pen_name text not null default '' check (length(pen_name) <= 200 and pen_name !~ '[[:cntrl:]]'),
  birth_year int check (birth_year between 1900 and 2100),
  email text not null default '' check (length(email) <= 254 and email !~ '[[:cntrl:]]'),
  email_key text not null default '',
  phone text not null default '' check (length(phone) <= 40 and phone !~ '[[:cntrl:]]'),
  phone_key text not null generated always as (case when phone = '' then '' else named.phone_key(phone) end) stored,
  guardian text not null default '' check (length(guardian) <= 200 and guardian !~ '[[:cntrl:]]'),   -- the name, where the rules ask for one
  guardian_agrees boolean not null default false,         -- ticked in the guardian's name
  primary key (version, position));
create index author_email on named.author(contest, email_key) where email_key <> '';
create index author_phone on named.author(contest, phone_key, name_key) where phone_key <> '';
create index author_person on named.author(contest, name_key, coalesce(birth_year, 0));

-- Each decision of the desk: a new row that names the version it saw.
create table named.screening(
  id uuid primary key, entry uuid not null references named.entry, contest uuid not null references contest.contest,
  version int not null, verdict text not null check (verdict in ('valid', 'query', 'refused', 'struck_out')),
  reason text not null default '' check (length(reason) <= 2000),   -- what the contestant reads
  clerk uuid references account.account,                            -- null: the program (a file that could not be read)
  due_at timestamptz,                                               -- of a query: until when the desk asks for an answer
  checks jsonb not null default '{}',                               -- condition of the rules → ok | no | open, as it stood then
  at timestamptz not null default phach.now());
create index screening_entry on named.screening(entry, at);

-- More time for one entry: a new row for each time.
create table named.extension(
  id uuid primary key default gen_random_uuid(), entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  until timestamptz not null, reason text not null check (length(trim(reason)) between 5 and 500),   -- what the contestant reads
  clerk uuid not null references account.account, at timestamptz not null default phach.now());
create index extension_entry on named.extension(entry, at);

do $$
declare t text;
begin
  foreach t in array array['entry', 'draft', 'attachment', 'version', 'author', 'screening', 'extension'] loop
    execute format('alter table named.%I enable row level security', t);
    execute format('alter table named.%I force row level security', t);
    execute format('create policy own on named.%I to phach_named_owner using (true) with check (true)', t);
    if t not in ('screening', 'extension') then
      execute format('create policy contestant on named.%I to phach_contestant using (account = (select phach.account()))
        with check (account = (select phach.account()) and contest = (select phach.contest()))', t);
    end if;
    if t <> 'draft' then
      execute format('create policy clerk on named.%I for select to phach_clerk using (contest = (select phach.contest()))', t);
    end if;
  end loop;
end $$;
create policy contestant on named.screening for select to phach_contestant using (
  exists (select from named.entry e where e.id = entry and e.account = (select phach.account())));
create policy contestant on named.extension for select to phach_contestant using (
  exists (select from named.entry e where e.id = entry and e.account = (select phach.account())));
create policy reader on named.attachment to phach_reader using (true) with check (true);

grant usage on schema named to phach_contestant, phach_clerk, phach_reader, phach_slip_owner, phach_result_owner, phach_worker, phach_account_owner, phach_owner;
grant select (id, contest, account, state, number, version, category, unit, title, cut, extended_to, due_at, created_at, submitted_at, state_at),
  insert (id, contest, account) on named.entry to phach_contestant;
grant select (entry, contest, account, revision, category, unit, title, body, use_file, attachment, authors, note, asked, saved_at),
  insert (entry, contest, account, category, unit, title, body, use_file, authors, asked),
  update (revision, category, unit, title, body, use_file, attachment, authors, note, asked, saved_at) on named.draft to phach_contestant;
grant select (id, entry, contest, account, storage_key, file_name, bytes, sha256, state, reason, body, words, warnings, attached_at),
  insert (id, entry, contest, account, storage_key, file_name, bytes, sha256) on named.attachment to phach_contestant;
grant select (id, entry, contest, account, n, category, unit, title, body, words, attachment, sha256, receipt, note, answers, received_at),
  insert (id, entry, contest, account, category, unit, title, body, words, attachment, sha256, note, asked) on named.version to phach_contestant;
grant select (version, position, contest, account, name, pen_name, birth_year, email, phone, guardian, guardian_agrees),
  insert (version, position, contest, account, name, pen_name, birth_year, email, email_key, phone, guardian, guardian_agrees) on named.author to phach_contestant;
grant select (id, entry, version, verdict, reason, due_at, at) on named.screening to phach_contestant;
grant select (entry, until, reason, at) on named.extension to phach_contestant;

grant select (id, contest, by_post, state, number, version, category, unit, title, title_key, authors_key, cut, extended_to, flags, due_at, submitted_at, state_at) on named.entry to phach_clerk;
grant select (id, entry, contest, storage_key, file_name, bytes, sha256, state, reason, body, words, warnings, attached_at) on named.attachment to phach_clerk;
grant select (id, entry, contest, clerk, n, category, unit, title, body, words, attachment, sha256, receipt, note, answers, received_at) on named.version to phach_clerk;
grant select (version, position, contest, name, name_key, pen_name, birth_year, email, phone, guardian, guardian_agrees) on named.author to phach_clerk;
grant select (id, entry, contest, version, verdict, reason, clerk, due_at, checks, at) on named.screening to phach_clerk;
grant select (id, entry, contest, until, reason, clerk, at) on named.extension to phach_clerk;

grant select (id, entry, contest, storage_key, state, attached_at), update (state, reason, body, words, warnings, read_at)
  on named.attachment to phach_reader;

-- Versions whose transaction never received them are nobody's: the desk sees what was received.
drop policy clerk on named.version;
create policy clerk on named.version for select to phach_clerk using (contest = (select phach.contest()) and received_at is not null);

-- A number for each entry without one transaction waiting for another: a sequence a contest. A gap can only follow a crash.
create function named.next_number(c uuid) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seq text := 'entry_no_' || replace(c::text, '-', '');
begin
  if to_regclass('named.' || seq) is null then
    perform pg_advisory_xact_lock(hashtextextended('named.next_number ' || c::text, 0));
    execute format('create sequence if not exists named.%I', seq);
  end if;
  return nextval(('named.' || seq)::regclass);
end $$;

-- What Postgres cannot refuse and the desk should look at: the other entries that each doubt means.
create type named.doubts as (over uuid[], elsewhere uuid[]);

-- A version's authors as the limits count them (docs/decisions/0004). An own address is the author's e-mail, unless it is the
-- sender's and the sender has another name. An own phone is the author's phone together with the folded name: one number
-- may be a family's or a school's. `weak`: neither is known, or the sender gives the number for other names too; then the
-- name, the year of birth and the unit say who it is, and nothing is refused by them.
create function named.identities(v named.version) returns table(name_key text, birth_year int, email text, phone text, shared boolean, weak boolean, key text)
language sql stable as $$
  select x.name_key, x.birth_year, x.email, x.phone, y.shared, x.email = '' and (x.phone = '' or y.shared),
    case when x.email <> '' then 'e ' || x.email when x.phone <> '' then 'p ' || x.phone || ' ' || x.name_key
      else 'n ' || x.name_key || ' ' || coalesce(x.birth_year, 0) || ' ' || coalesce(v.unit::text, '') end
  from (select a.name_key, a.birth_year, case when a.email_key = s.email_key and a.name_key <> phach.fold(s.name) then '' else a.email_key end as email, a.phone_key as phone
      from named.author a left join account.account s on s.id = a.account where a.version = v.id) x,
    lateral (select x.phone <> '' and exists (select from named.author o where o.contest = v.contest and o.phone_key = x.phone and o.phone_key <> ''
      and o.account = v.account and o.name_key <> x.name_key) as shared) y $$;

-- All authors of a version as one key, where the rules count by author set.
create function named.author_set(v named.version) returns text language sql stable as $$
  select string_agg(i.key, ' + ' order by i.key) from (select distinct key from named.identities(v)) i $$;

-- Entries that count for an author: by the own address, or by the own phone. By two indexes, never through all entries.
create function named.works_of(in_contest uuid, an_email text, a_phone text, a_name text) returns table(id uuid, category uuid, account uuid) language sql stable as $$
  select distinct o.id, o.category, o.account from (
      select a.version from named.author a where a.contest = in_contest and a.email_key = an_email and a.email_key <> ''
        and not exists (select from account.account s where s.id = a.account and s.email_key = an_email and phach.fold(s.name) <> a.name_key)
      union all
      select a.version from named.author a where a.contest = in_contest and a.phone_key = a_phone and a.phone_key <> '' and a.name_key = a_name) m
    join named.version w on w.id = m.version join named.entry o on o.id = w.entry and o.version = w.n
  where o.state in ('waiting', 'queried', 'valid') $$;
-- Entries with an author of this name, year of birth and unit.
create function named.works_under(in_contest uuid, a_name text, born int, in_unit uuid) returns table(id uuid, category uuid, account uuid) language sql stable as $$
  select distinct o.id, o.category, o.account from named.author a
    join named.version w on w.id = a.version join named.entry o on o.id = w.entry and o.version = w.n
  where a.contest = in_contest and a.name_key = a_name and coalesce(a.birth_year, 0) = coalesce(born, 0) and w.unit is not distinct from in_unit
    and o.state in ('waiting', 'queried', 'valid') $$;
-- Entries with an author of this phone under other names, unless somebody gives it for several people: then it is a school's.
create function named.works_beside(in_contest uuid, a_phone text, a_name text) returns table(id uuid, category uuid, account uuid) language sql stable as $$
  with m as (select o.id, o.category, o.account, a.name_key from named.author a
    join named.version w on w.id = a.version join named.entry o on o.id = w.entry and o.version = w.n
    where a.contest = in_contest and a.phone_key = a_phone and a.phone_key <> '' and a.name_key <> a_name and o.state in ('waiting', 'queried', 'valid'))
  select distinct m.id, m.category, m.account from m where not exists (select from m x join m y on x.account = y.account and x.name_key <> y.name_key) $$;

-- The limits of an entry's version under lock. Keys in order, so that two never deadlock. Refused and withdrawn entries count
-- for nobody. Who is known by an own address or phone is refused; who is not, is a doubt for the desk.
create function named.hold_set_limits(c contest.contest, of_entry uuid, v named.version) returns named.doubts language plpgsql as $$
declare k text := named.author_set(v); i record; found named.doubts; in_category int; overall int; weak boolean; all_works uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('limit set ' || c.id::text || ' ' || coalesce(k, ''), 0));
  select bool_or(x.weak) into weak from named.identities(v) x;
  select * into i from named.identities(v) limit 1;
  -- whoever has the same set has this one of its authors: what the indexes know of that one comes first
  select count(*) filter (where o.category = v.category), count(*), array_agg(o.id), array_agg(o.id) filter (where coalesce(o.account <> v.account, true))
    into in_category, overall, all_works, found.elsewhere
    from (select * from named.works_of(c.id, i.email, case when i.email = '' then i.phone else '' end, i.name_key)
      union select * from named.works_under(c.id, i.name_key, i.birth_year, v.unit) where i.key like 'n %') o
    join named.entry e on e.id = o.id join named.version w on w.entry = o.id and w.n = e.version
    where o.id <> of_entry and named.author_set(w) = k;
  if in_category >= c.limit_per_category or overall >= c.limit_overall then
    if not weak then perform phach.refuse(case when in_category >= c.limit_per_category then 'limit_per_category' else 'limit_overall' end); end if;
    found.over := all_works;
  end if;
  return found;
end $$;
create function named.hold_limits(c contest.contest, of_entry uuid, v named.version) returns named.doubts language plpgsql as $$
declare k text; i record; found named.doubts; in_category int; overall int; works uuid[]; others uuid[];
begin
  if c.limit_per_category is null and c.limit_overall is null then return null; end if;
  if c.limit_subject = 'author-set' then return named.hold_set_limits(c, of_entry, v); end if;
  for k in select u.k from named.identities(v) x, unnest(array[x.key, case when x.email <> '' and x.phone <> '' then 'p ' || x.phone || ' ' || x.name_key end]) as u(k)
      where u.k is not null group by u.k order by u.k loop
    perform pg_advisory_xact_lock(hashtextextended('limit ' || c.id::text || ' ' || k, 0));
  end loop;
  for i in select * from named.identities(v) loop
    if i.weak then
      select count(*) filter (where o.category = v.category), count(*), array_agg(o.id), array_agg(o.id) filter (where coalesce(o.account <> v.account, true))
        into in_category, overall, works, others from named.works_under(c.id, i.name_key, i.birth_year, v.unit) o where o.id <> of_entry;
    else
      select count(*) filter (where o.category = v.category), count(*), null, array_agg(o.id) filter (where coalesce(o.account <> v.account, true))
        into in_category, overall, works, others from named.works_of(c.id, i.email, case when i.shared then '' else i.phone end, i.name_key) o where o.id <> of_entry;
      if in_category >= c.limit_per_category then perform phach.refuse('limit_per_category'); end if;
      if overall >= c.limit_overall then perform phach.refuse('limit_overall'); end if;
      if i.email = '' then
        select count(*) filter (where o.category = v.category), count(*), array_agg(o.id) into in_category, overall, works from named.works_beside(c.id, i.phone, i.name_key) o where o.id <> of_entry;
      end if;
    end if;
    if in_category >= c.limit_per_category or overall >= c.limit_overall then found.over := found.over || works; end if;
    found.elsewhere := found.elsewhere || others;
  end loop;
  return found;
end $$;

-- Officials and key holders may not enter, where the rules say so: as the sender or as an author, by account or address.
create function named.hold_exclusions(c contest.contest, v named.version) returns void
language plpgsql as $$
begin
  -- each by an index: a contest may have two thousand judges
  if exists (select from account.hat h where h.account = v.account and h.contest = c.id)
    or exists (select from named.author x join account.account a on a.email_key = x.email_key join account.hat h on h.account = a.id and h.contest = c.id
      where x.version = v.id and x.email_key <> '')
    or exists (select from contest.key_holder k where k.contest = c.id and (k.email_key in (select x.email_key from named.author x where x.version = v.id)
      or k.email_key = (select a.email_key from account.account a where a.id = v.account))) then
    perform phach.refuse('official_may_not_enter');
  end if;
end $$;

-- Whether a version has a minor without a guardian, or one who has not agreed.
create function named.is_alone(c contest.contest, of_version uuid) returns boolean language sql stable as $$
  select c.guardian_age is not null and exists (select from named.author a where a.version = of_version
    and extract(year from c.opens_at at time zone c.timezone)::int - a.birth_year < c.guardian_age and (trim(a.guardian) = '' or not a.guardian_agrees)) $$;
-- Authors' ages, as the rules count them: the year in which it opens less the year of birth.
create function named.hold_ages(c contest.contest, v named.version) returns void language plpgsql as $$
declare ageless boolean; young boolean; alone boolean;
begin
  select bool_or(a.birth_year is null), bool_or(y.opens - a.birth_year < c.min_age),
    bool_or(y.opens - a.birth_year < c.guardian_age and (trim(a.guardian) = '' or not a.guardian_agrees)) into ageless, young, alone
    from named.author a, (select extract(year from c.opens_at at time zone c.timezone)::int as opens) y where a.version = v.id;
  if ageless then perform phach.refuse('birth_year_missing'); end if;
  if young then perform phach.refuse('too_young'); end if;
  if alone then perform phach.refuse('guardian_missing'); end if;
end $$;

-- What a version ticks and answers, in the words that the rules have now: they may change later, what was said stays.
-- Refuses what is missing (but not of a paper: all), what is no choice of its question, and what is longer than an answer may be.
create function named.answered(v named.version, complete boolean default true) returns jsonb language plpgsql as $$
declare answers jsonb; unticked boolean; missing boolean; unknown boolean;
begin
  select coalesce(jsonb_agg(jsonb_build_object('declared', x.declared, 'vi', x.text_vi, 'en', x.text_en, 'value_vi', x.value_vi, 'value_en', x.value_en)
      order by x.declared, x.position) filter (where x.declared or x.value_vi <> ''), '[]'),
    bool_or(x.unticked), bool_or(x.missing), bool_or(x.unknown) into answers, unticked, missing, unknown
  from (
    select true as declared, d.position, d.text_vi, d.text_en, '' as value_vi, '' as value_en,
      not coalesce(v.asked -> 'declared' ? d.id::text, false) as unticked, false as missing, false as unknown
      from contest.declaration d where d.contest = v.contest
    union all
    select false, q.position, q.text_vi, q.text_en, coalesce(k.name_vi, g.given), coalesce(k.name_en, g.given), false, q.required and g.given = '',
      g.given <> '' and case q.kind when 'choice' then k.id is null else length(g.given) > 500 or g.given ~ '[[:cntrl:]]' end
      from contest.question q cross join lateral (select trim(coalesce(v.asked -> 'answers' ->> q.id::text, '')) as given) g
      left join contest.question_choice k on q.kind = 'choice' and k.question = q.id and k.id::text = g.given
      where q.contest = v.contest) x;
  if complete and unticked then perform phach.refuse('declaration_missing'); end if;
  if complete and missing then perform phach.refuse('answer_missing'); end if;
  if unknown then perform phach.refuse('answer_unfit'); end if;
  return answers;
end $$;

-- Receives a version: the deadline by the database's clock, the limits under lock, number, receipt and time. A version
-- already received is answered again with what it got (a double click, a replay).
create function named.receive(of_version uuid, of_entry uuid) returns table(number int, receipt text, received_at timestamptz, again boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v named.version; e named.entry; c contest.contest; moment timestamptz := phach.now(); mute text[]; doubts named.doubts;
begin
  select * into v from named.version x where x.id = of_version and x.entry = of_entry and x.account = phach.account() for update;
  if not found then perform phach.refuse('form_unreadable'); end if;   -- an id that some other entry has: no form of ours made it
  select * into e from named.entry x where x.id = v.entry for update;
  if v.received_at is not null then
    return query select e.number, v.receipt, v.received_at, true; return;
  end if;
  select * into c from contest.contest x where x.id = v.contest;
  if e.state in ('refused', 'withdrawn', 'struck_out') then perform phach.refuse('entry_ended'); end if;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state = 'queried' then
    if moment >= c.queries_close_at then perform phach.refuse('queries_closed'); end if;
  elsif moment < c.opens_at or not c.ready then perform phach.refuse('not_open_yet');
  elsif moment >= greatest(c.closes_at, e.extended_to) then perform phach.refuse('closed');
  end if;
  if c.bar_officials then perform named.hold_exclusions(c, v); end if;
  if c.limit_per_category is not null or c.limit_overall is not null then doubts := named.hold_limits(c, e.id, v); end if;
  if c.min_age is not null or c.guardian_age is not null then perform named.hold_ages(c, v); end if;
  v.answers := named.answered(v);
  v.receipt := phach.random_word(16); v.received_at := moment;
  v.n := 1;   -- counted apart, so that the first submission's update keeps its plan
  if e.version > 0 then select 1 + count(*) into v.n from named.version o where o.entry = v.entry and o.n is not null; end if;
  update named.version x set n = v.n, received_at = moment, receipt = v.receipt, answers = v.answers where x.id = v.id;
  update named.entry x set state = 'waiting', state_at = moment, due_at = null, version = v.n, category = v.category, unit = v.unit, title = v.title,
    submitted_at = moment, number = coalesce(x.number, named.next_number(v.contest)),
    authors_key = (select string_agg(a.name_key, ' / ' order by a.position) from named.author a where a.version = v.id)
    where x.id = v.entry returning x.number into e.number;
  perform named.raise_doubts(e, v, doubts);
  if e.by_post then perform named.review_post(e.id); end if;
  -- FOR SHARE: a reading that ends at this moment is seen here, or itself sees this version.
  if v.attachment is not null and (select a.state from named.attachment a where a.id = v.attachment for share) = 'unreadable' then
    perform named.query_unreadable(e.id, v.n);
  end if;
  -- the hash of a text stands in the record only salted: the blind side reads texts, and could hash them
  mute := record.mute_all('entry ' || e.id::text, array[encode(v.sha256, 'hex'), v.receipt]
    || array(select a.name || ' ' || a.email_key from named.author a where a.version = v.id order by a.position));
  perform record.note(v.contest, 'receive_entry', e.id::text, jsonb_build_object('number', e.number, 'version', v.n,
    'sha256', mute[1], 'receipt', mute[2], 'authors', to_jsonb(mute[3:])));
  -- the answer to a query went with this version; the next query begins with an empty box
  if v.note <> '' then update named.draft set note = '' where entry = e.id; end if;
  -- what is written to the contestant is asked of the database, so that no page names an address
  perform named.tell(e, 'receipt', jsonb_build_object('receipt', v.receipt, 'sha256', encode(v.sha256, 'hex'), 'received_at', moment, 'title', v.title));
  if cardinality(mute) > 3 or e.flags & (named.flag_bit('coauthor-silent') | named.flag_bit('coauthor-objects')) <> 0 then
    perform named.ask_coauthors(e.id, v.id);
  end if;
  return query select e.number, v.receipt, v.received_at, false;
end $$;

create function named.query_unreadable(of_entry uuid, v int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry;
begin
  update named.entry set state = 'queried', state_at = phach.now(), due_at = (select c.queries_close_at from contest.contest c where c.id = contest)
    where id = of_entry and version = v and state = 'waiting' returning * into e;
  if not found then return; end if;
  insert into named.screening(id, entry, contest, version, verdict, reason, due_at) values (gen_random_uuid(), e.id, e.contest, v, 'query', '', e.due_at);
  perform record.note(e.contest, 'query_unreadable', e.id::text, jsonb_build_object('version', v));
  if e.account is not null then perform named.tell(e, 'query'); end if;   -- else the desk has the paper, and types it
end $$;
-- The reader's word on an attachment; a submitted version whose file cannot be read becomes a query.
create function named.finish_reading(of_attachment uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v named.version;
begin
  for v in select x.* from named.version x join named.attachment a on a.id = x.attachment join named.entry e on e.id = x.entry
           where x.attachment = of_attachment and a.state = 'unreadable' and x.n = e.version loop
    perform named.query_unreadable(v.entry, v.n);
  end loop;
end $$;

create function named.withdraw(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; c contest.contest;
begin
  select * into e from named.entry where id = of_entry and account = phach.account() for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if e.state = 'withdrawn' then return; end if;
  select * into c from contest.contest where id = e.contest;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state not in ('waiting', 'queried', 'valid') then perform phach.refuse('entry_ended'); end if;
  if phach.now() >= greatest(c.closes_at, e.extended_to) then perform phach.refuse('closed'); end if;
  update named.entry set state = 'withdrawn', state_at = phach.now(), due_at = null where id = e.id;
  perform record.note(e.contest, 'withdraw_entry', e.id::text, '{}');
end $$;

-- More time for one entry, until the desk's queries close at the latest: a cut then waits for nobody. Never once cut.
create function named.extend(of_entry uuid, until timestamptz, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; c contest.contest;
begin
  select * into e from named.entry x where x.id = of_entry and x.contest = phach.contest() for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  select * into c from contest.contest x where x.id = e.contest;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state in ('refused', 'withdrawn', 'struck_out') then perform phach.refuse('entry_ended'); end if;
  if length(trim(why)) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if until is null or until <= phach.now() or until <= c.closes_at then perform phach.refuse('extension_past'); end if;
  if until > c.queries_close_at then perform phach.refuse('extension_long'); end if;
  insert into named.extension(entry, contest, until, reason, clerk) values (e.id, e.contest, until, trim(why), phach.account());
  update named.entry x set extended_to = until where x.id = e.id;
  if e.by_post then perform named.review_post(e.id); end if;
  perform record.note(e.contest, 'extend_entry', e.id::text, jsonb_build_object('until', until, 'reason', record.mute('entry ' || e.id::text, why)));
  perform named.tell(e, 'entry-extended', jsonb_build_object('until', until));
end $$;
-- What somebody has not submitted yet has no number: the desk finds it by the address of the account. How many there were.
create function named.extend_drafts(of_email text, until timestamptz, why text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d uuid; n int := 0;
begin
  for d in select e.id from named.entry e join account.account a on a.id = e.account
      where e.contest = phach.contest() and e.state = 'draft' and a.email_key = of_email order by e.id loop
    perform named.extend(d, until, why); n := n + 1;
  end loop;
  if n = 0 then perform phach.refuse('extension_no_draft'); end if;
  return n;
end $$;
grant execute on function named.extend(uuid, timestamptz, text), named.extend_drafts(text, timestamptz, text) to phach_clerk;
-- To everybody who has a draft or an entry that has not ended, once each: the dates have moved.
create function named.enqueue_extension(of_contest uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform mail.enqueue(named.address_of(a.id, c.id), a.lang, 'extended', jsonb_build_object('name', a.name, 'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en,
      'until', c.closes_at, 'timezone', c.timezone))
    from contest.contest c, account.account a
    where c.id = of_contest and a.id in (select e.account from named.entry e where e.contest = of_contest and e.state not in ('refused', 'withdrawn', 'struck_out'));
  -- what was posted too late may be in time now
  perform named.review_post(e.id) from named.entry e where e.contest = of_contest and e.by_post and not e.cut and e.state in ('waiting', 'queried', 'valid');
end $$;
grant execute on function named.enqueue_extension(uuid) to phach_account_owner;

-- For crossing "cut" alone: locks a category's entries, refuses while one waits or is queried, marks the valid ones cut
-- and hands over their clean text.
create function named.take_for_cut(of_category uuid) returns table(entry uuid, title text, body text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n bigint; c uuid := (select k.contest from contest.category k where k.id = of_category);
begin
  perform from named.entry e where e.category = of_category and e.version > 0 order by e.id for update;
  if exists (select from named.entry e where e.category = of_category and e.state in ('waiting', 'queried')) then
    perform phach.refuse('cut_entries_open');
  end if;
  return query
    with taken as (update named.entry e set cut = true where e.category = of_category and e.state = 'valid' and not e.cut returning e.id, e.version)
    select t.id, v.title, coalesce(v.body, a.body) from taken t join named.version v on v.entry = t.id and v.n = t.version
    left join named.attachment a on a.id = v.attachment;
  get diagnostics n = row_count;
  perform named.count(c, of_category, 'valid', false, -n), named.count(c, of_category, 'valid', true, n);
end $$;
grant execute on function named.take_for_cut(uuid) to phach_slip_owner;

create function named.enqueue_results(of_contest uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform mail.enqueue(named.address_of(a.id, c.id), a.lang, 'results-out', jsonb_build_object('name', a.name, 'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en))
    from contest.contest c, account.account a
    where c.id = of_contest and a.id in (select e.account from named.entry e where e.contest = of_contest and e.version > 0);
  perform named.tell(e, 'results-out') from named.entry e where e.contest = of_contest and e.account is null and e.version > 0;
end $$;

-- A draft that was never sent is its writer's own and no part of the record. Its files stay in the store, nobody's.
create function named.delete_draft(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from named.entry where id = of_entry and contest = phach.contest() and account = phach.account() and state = 'draft' and version = 0;
  if not found then perform phach.refuse('entry_no_draft'); end if;
end $$;

grant execute on function named.receive(uuid, uuid), named.withdraw(uuid), named.delete_draft(uuid) to phach_contestant;
grant execute on function named.phone_key(text) to phach_contestant;   -- who inserts an author computes its keys
grant execute on function named.finish_reading(uuid) to phach_reader;
grant execute on function named.enqueue_results(uuid) to phach_result_owner;
reset role;

-- The letters need an address; the address stays behind the account's own policy.
set local role phach_account_owner;
create policy letters on account.account for select to phach_named_owner using (true);
grant select (id, email, name, lang, email_key) on account.account to phach_named_owner;
create policy barred on account.hat for select to phach_named_owner using (true);
grant select (account, contest) on account.hat to phach_named_owner;
create policy holders on account.account for select to phach_slip_owner using (true);
create policy holders on account.hat for select to phach_slip_owner using (true);
grant select (id, email_key, name, confirmed_at, created_at, password_changed_at, email_changed_at) on account.account to phach_slip_owner;
grant select (account, contest, hat) on account.hat to phach_slip_owner;
reset role;
