-- Paper by post: what the desk writes down for somebody else, and the code by which an account takes it up. All on the named side.
set local role phach_named_owner;

-- What the desk saw of an envelope; a correction is a new row, the newest counts.
create table named.envelope(
  id uuid primary key default gen_random_uuid(), entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  postmark date,                                          -- null: handed in, or none that can be read; then the day of arrival counts
  arrived_at timestamptz not null,
  condition text not null check (condition in ('whole', 'damaged', 'opened')),
  note text not null default '' check (length(note) <= 500 and note !~ '[[:cntrl:]]'),
  clerk uuid not null references account.account, at timestamptz not null default phach.now());
create index envelope_entry on named.envelope(entry, at);

-- The code on a printed receipt, hashed. It works once; another one ends it.
create table named.claim_code(
  hash bytea primary key check (length(hash) = 32), entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  clerk uuid not null references account.account, issued_at timestamptz not null default phach.now(),
  ended_at timestamptz, redeemed_at timestamptz, redeemed_by uuid references account.account);
create unique index claim_code_open_once on named.claim_code(entry) where ended_at is null and redeemed_at is null;

do $$
declare t text;
begin
  foreach t in array array['envelope', 'claim_code'] loop
    execute format('alter table named.%I enable row level security', t);
    execute format('alter table named.%I force row level security', t);
    execute format('create policy own on named.%I to phach_named_owner using (true) with check (true)', t);
  end loop;
end $$;

-- Posted too late: by the postmark's day; without a postmark by the day of arrival, or, where the rules name no day, by its
-- moment. More time that the desk gave this entry counts.
create function named.is_late_post(e named.entry, c contest.contest) returns boolean language sql stable as $$
  select case when n.postmark is not null or c.postmark_by is not null
      then coalesce(n.postmark, (n.arrived_at at time zone c.timezone)::date) > greatest(
        coalesce(c.postmark_by, ((c.closes_at - interval '1 microsecond') at time zone c.timezone)::date), ((e.extended_to - interval '1 microsecond') at time zone c.timezone)::date)
      else n.arrived_at >= greatest(c.closes_at, e.extended_to) end
  from named.envelope n where n.entry = e.id order by n.at desc, n.id limit 1 $$;
-- What the rules ask and the paper does not say: a declaration, a required answer, a year of birth, a guardian.
create function named.lacks_something(v named.version, c contest.contest) returns boolean language sql stable as $$
  select exists (select from contest.declaration d where d.contest = c.id and not coalesce(v.asked -> 'declared' ? d.id::text, false))
    or exists (select from contest.question q where q.contest = c.id and q.required and trim(coalesce(v.asked -> 'answers' ->> q.id::text, '')) = '')
    or (c.min_age is not null or c.guardian_age is not null) and exists (select from named.author a where a.version = v.id and a.birth_year is null)
    or named.is_alone(c, v.id) $$;
create function named.review_post(of_entry uuid) returns void language plpgsql as $$
declare e named.entry; c contest.contest; v named.version;
begin
  select * into e from named.entry x where x.id = of_entry;
  select * into c from contest.contest x where x.id = e.contest;
  select * into v from named.version x where x.entry = e.id and x.n = e.version;
  perform named.hold_flag(e.id, 'post-late', coalesce(named.is_late_post(e, c), false)), named.hold_flag(e.id, 'paper-incomplete', v.clerk is not null and named.lacks_something(v, c));
end $$;

create function named.code_hash(in_contest uuid, word text) returns bytea language sql immutable as $$
  select sha256(convert_to(in_contest::text || ' ' || word, 'UTF8')) $$;
create function named.new_claim_code(e named.entry) returns text language plpgsql as $$
declare word text := phach.random_word(12);
begin
  update named.claim_code set ended_at = phach.now() where entry = e.id and ended_at is null and redeemed_at is null;
  insert into named.claim_code(hash, entry, contest, clerk) values (named.code_hash(e.contest, word), e.id, e.contest, phach.account());
  return word;
end $$;

-- What stands in s of a version that the desk writes: its row, its authors, its file, already read; with neither file nor text the file
-- of the version before stays.
create function named.write_for_author(e named.entry, of_version uuid, s jsonb) returns named.version language plpgsql as $$
declare v named.version; f jsonb := nullif(s -> 'file', 'null'); file uuid := (f->>'id')::uuid; hash bytea := decode(f->>'sha256', 'hex');
begin
  if f is not null then
    insert into named.attachment(id, entry, contest, account, storage_key, file_name, bytes, sha256, state, body, words, warnings, read_at)
    values (file, e.id, e.contest, e.account, f->>'storage_key', f->>'file_name', (f->>'bytes')::int, hash, 'read', f->>'body', (f->>'words')::int, f->'warnings', phach.now());
  elsif s->>'body' is null then
    select x.attachment, a.sha256 into file, hash from named.version x join named.attachment a on a.id = x.attachment where x.entry = e.id and x.n = e.version;
  else
    hash := sha256(convert_to(s->>'body', 'UTF8'));
  end if;
  insert into named.version(id, entry, contest, account, clerk, category, unit, title, body, words, attachment, sha256, note, asked)
  values (of_version, e.id, e.contest, e.account, phach.account(), (s->>'category')::uuid, (s->>'unit')::uuid, s->>'title', s->>'body', (s->>'words')::int,
    file, hash, s->>'note', s->'asked') returning * into v;
  insert into named.author(version, position, contest, account, name, pen_name, birth_year, email, email_key, phone, guardian, guardian_agrees)
  select v.id, a.position, e.contest, e.account, a.name, a.pen_name, a.birth_year, a.email, a.email_key, a.phone, a.guardian, a.guardian_agrees
    from jsonb_to_recordset(s->'authors') as a(position int, name text, pen_name text, birth_year int, email text, email_key text, phone text, guardian text, guardian_agrees boolean);
  return v;
end $$;

-- May the desk write for its author? New, until the intake closes; else until the cut, as long as nobody has claimed it or it
-- has no text yet.
create function named.may_write_for_author(e named.entry, c contest.contest) returns void language plpgsql as $$
begin
  if not c.ready or phach.now() < c.opens_at then perform phach.refuse('not_open_yet'); end if;
  if e.version = 0 then
    if phach.now() >= c.intake_closes_at then perform phach.refuse('intake_closed'); end if;
    return;
  end if;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state in ('refused', 'withdrawn', 'struck_out') then perform phach.refuse('entry_ended'); end if;
  if e.state = 'queried' and phach.now() >= c.queries_close_at then perform phach.refuse('queries_closed'); end if;
  if e.account is not null and exists (select from named.version v where v.entry = e.id and v.n = e.version and (v.body is not null or v.attachment is not null)) then
    perform phach.refuse('post_claimed');
  end if;
end $$;

-- An envelope written down, or what was written once more: the text typed, something mended, an answer by telephone. s: category,
-- unit, title, body, words, file {id, storage_key, file_name, bytes, sha256, body, words, warnings}, authors, asked, note; seen: the
-- version that the page showed; postmark, arrived_at, condition, remark. The code is told once, with a new entry alone; the same
-- version again changes nothing.
create function named.enter_post(of_entry uuid, of_version uuid, s jsonb) returns table(number int, receipt text, code text, again boolean)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; v named.version; c contest.contest; moment timestamptz := phach.now(); doubts named.doubts; mute text[]; is_new boolean;
  postmark date := (s->>'postmark')::date; arrived timestamptz := (s->>'arrived_at')::timestamptz;
begin
  select * into c from contest.contest x where x.id = phach.contest();
  insert into named.entry(id, contest, by_post) select of_entry, c.id, true where (s->>'seen')::int = 0 on conflict (id) do nothing;
  select * into e from named.entry x where x.id = of_entry and x.contest = c.id and x.by_post for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  select * into v from named.version x where x.id = of_version;
  if found then
    if v.entry <> e.id or v.clerk is null then perform phach.refuse('form_unreadable'); end if;
    return query select e.number, v.receipt, null::text, true; return;
  end if;
  is_new := e.version = 0;
  perform named.may_write_for_author(e, c);
  if e.version <> (s->>'seen')::int then perform phach.refuse('newer_version'); end if;
  if arrived > moment then perform phach.refuse('arrival_future'); end if;
  if postmark > (arrived at time zone c.timezone)::date then perform phach.refuse('postmark_after_arrival'); end if;
  if not exists (select from contest.category k where k.id = (s->>'category')::uuid and k.contest = c.id)
    or s->>'unit' is not null and not exists (select from contest.unit u where u.id = (s->>'unit')::uuid and u.contest = c.id) then perform phach.refuse('form_unreadable'); end if;
  v := named.write_for_author(e, of_version, s);
  if c.bar_officials then perform named.hold_exclusions(c, v); end if;
  doubts := named.hold_limits(c, e.id, v);
  update named.version x set n = e.version + 1, received_at = moment, receipt = phach.random_word(16), answers = named.answered(x, false) where x.id = v.id returning * into v;
  insert into named.envelope(entry, contest, postmark, arrived_at, condition, note, clerk) values (e.id, c.id, postmark, arrived, s->>'condition', s->>'remark', phach.account());
  update named.entry x set state = 'waiting', state_at = moment, due_at = null, version = v.n, category = v.category, unit = v.unit, title = v.title,
    submitted_at = moment, number = coalesce(x.number, named.next_number(c.id)),
    authors_key = (select string_agg(a.name_key, ' / ' order by a.position) from named.author a where a.version = v.id)
    where x.id = e.id returning * into e;
  perform named.raise_doubts(e, v, doubts);
  perform named.review_post(e.id);
  -- the account that claimed it before its text was typed finds the text in its form
  update named.draft d set title = v.title, body = coalesce(v.body, ''), use_file = v.attachment is not null, attachment = v.attachment, revision = revision + 1, saved_at = moment
    where d.entry = e.id and d.body = '' and d.attachment is null;
  mute := record.mute_all('entry ' || e.id::text, array[encode(v.sha256, 'hex'), v.receipt, s->>'remark', v.note]
    || array(select a.name || ' ' || a.email_key from named.author a where a.version = v.id order by a.position));
  perform record.note(c.id, 'enter_post', e.id::text, jsonb_build_object('number', e.number, 'version', v.n, 'sha256', mute[1], 'receipt', mute[2], 'postmark', postmark,
    'condition', s->>'condition', 'note', mute[3], 'reply', mute[4], 'authors', to_jsonb(mute[5:])));
  if cardinality(mute) > 5 or e.flags <> 0 then perform named.ask_coauthors(e.id, v.id); end if;
  if is_new then
    code := named.new_claim_code(e);
    perform named.tell(e, 'receipt', jsonb_build_object('receipt', v.receipt, 'received_at', moment, 'title', e.title));
  end if;
  return query select e.number, v.receipt, code, false;
end $$;

-- Another code for what nobody has claimed; the one before ends. By letter to the author it is told to nobody else.
create function named.issue_claim_code(of_entry uuid, by_letter boolean) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; word text;
begin
  select * into e from named.entry x where x.id = of_entry and x.contest = phach.contest() and x.by_post and x.version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if e.account is not null then perform phach.refuse('post_claimed'); end if;
  if by_letter and named.contact_of(e) is null then perform phach.refuse('post_no_address'); end if;
  word := named.new_claim_code(e);
  perform record.note(e.contest, 'issue_claim_code', e.id::text, jsonb_build_object('by_letter', by_letter));
  if not by_letter then return word; end if;
  perform named.tell(e, 'code', jsonb_build_object('code', word, 'title', e.title));
  return '';
end $$;

-- An account takes up what came by post: from now on it is its own. Null for whatever code does not fit, one and the same answer;
-- a failed attempt counts where the caller commits it.
create function named.redeem_claim_code(word text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare me uuid := phach.account(); c contest.contest; k named.claim_code; e named.entry; v named.version; draft jsonb;
begin
  if not account.attempt(sha256(convert_to('claim code ' || me::text, 'UTF8')), 10, interval '15 minutes') then perform phach.refuse('too_many_attempts'); end if;
  select * into c from contest.contest x where x.id = phach.contest();
  select * into k from named.claim_code x where x.hash = named.code_hash(c.id, upper(regexp_replace(left(word, 100), '[^A-Za-z0-9]', '', 'g'))) and x.contest = c.id;
  if not found then return null; end if;
  select * into e from named.entry x where x.id = k.entry for update;
  select * into k from named.claim_code x where x.hash = k.hash for update;
  if k.ended_at is not null or k.redeemed_at is not null or e.account is not null then return null; end if;
  -- whoever may not enter claims nothing; nobody of the contest claims what is being marked
  if (c.bar_officials or e.cut) and (exists (select from account.hat h where h.account = me and h.contest = c.id)
      or exists (select from contest.key_holder h join account.account a on a.email_key = h.email_key where h.contest = c.id and a.id = me)) then
    perform phach.refuse('official_may_not_enter');
  end if;
  update named.claim_code set redeemed_at = phach.now(), redeemed_by = me where hash = k.hash;
  update named.entry set account = me where id = e.id;
  update named.attachment set account = me where entry = e.id;
  update named.version set account = me where entry = e.id;
  update named.author a set account = me from named.version x where x.id = a.version and x.entry = e.id;
  select * into v from named.version x where x.entry = e.id and x.n = e.version;
  select jsonb_agg(jsonb_build_object('name', a.name, 'pen', a.pen_name, 'year', coalesce(a.birth_year::text, ''), 'email', a.email, 'phone', a.phone,
      'guardian', a.guardian, 'guardian_agrees', a.guardian_agrees) order by a.position) into draft from named.author a where a.version = v.id;
  -- saved at the hour of what counts: nothing is changed and unsent
  insert into named.draft(entry, contest, account, category, unit, title, body, use_file, attachment, authors, asked, saved_at)
  values (e.id, c.id, me, v.category, v.unit, v.title, coalesce(v.body, ''), v.attachment is not null, v.attachment, draft, v.asked, e.submitted_at);
  perform record.note(c.id, 'claim_entry', e.id::text, '{}');
  return e.id;
end $$;

-- What the desk knows of an entry's envelope, and what became of its code.
create function named.envelope_of(of_entry uuid) returns table(postmark date, arrived_at timestamptz, condition text, note text, late boolean, claimed boolean, code_at timestamptz, reachable boolean)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select n.postmark, n.arrived_at, n.condition, n.note, coalesce(named.is_late_post(e, c), false), e.account is not null,
      (select max(k.issued_at) from named.claim_code k where k.entry = e.id and k.ended_at is null),
      named.contact_of(e) is not null
    from named.envelope n join named.entry e on e.id = n.entry join contest.contest c on c.id = e.contest
    where n.entry = of_entry and n.contest = phach.contest() order by n.at desc, n.id limit 1;
end $$;
-- What was ticked and answered with a version, for the form that shows it again.
create function named.asked_of(of_version uuid) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select v.asked from named.version v where v.id = of_version and v.contest = phach.contest());
end $$;

grant execute on function named.enter_post(uuid, uuid, jsonb), named.issue_claim_code(uuid, boolean), named.envelope_of(uuid), named.asked_of(uuid) to phach_clerk;
grant execute on function named.redeem_claim_code(text) to phach_contestant;
reset role;
