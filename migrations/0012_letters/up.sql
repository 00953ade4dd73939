-- People who are written to: co-authors who confirm or object, addresses that are confirmed or not, letters that do not
-- arrive, and where the desk writes to instead.
set local role phach_mail_owner;
-- Letters given up since the last call, each once.
create policy own_unsent on mail.letter for select to phach_mail_owner using (sent_at is null);
create policy own_redirect on mail.letter for update to phach_mail_owner using (sent_at is null) with check (sent_at is null);
create function mail.take_failed() returns table(to_address text, kind text, entry text, slug text, failed_at timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query update mail.letter l set noticed_at = phach.now() where l.failed_at is not null and l.noticed_at is null
    returning l.to_address, l.kind, l.params->>'entry', l.params->>'slug', l.failed_at;
end $$;
grant execute on function mail.take_failed() to phach_named_owner;
reset role;

set local role phach_account_owner;
grant execute on function account.attempt(bytea, int, interval) to phach_named_owner;
grant select (confirmed_at, email_changed_at) on account.account to phach_named_owner;
create index account_unconfirmed on account.account(id) where confirmed_at is null;
reset role;

set local role phach_named_owner;
grant usage on schema named to phach_public;
-- A person named as one of several authors by somebody else is asked once for an entry, at the own address.
create table named.coauthor(
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  email_key text not null, name text not null,            -- as it was written to
  hash bytea not null constraint coauthor_link_once unique check (length(hash) = 32),   -- SHA-256 of the link's key
  asked_at timestamptz not null default phach.now(),
  reviewed boolean not null default false,                -- its seven days have been looked at
  unique (entry, email_key));
create index coauthor_due on named.coauthor(asked_at) where not reviewed;
-- Each answer is a row; the last one counts.
create table named.coauthor_answer(
  coauthor uuid not null references named.coauthor on delete cascade, n int not null,
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  agrees boolean not null, words text not null default '' check (length(words) <= 1000), at timestamptz not null default phach.now(),
  primary key (coauthor, n));

-- Where the desk writes to in this contest instead of an account's own address. A new row for each; the newest counts, until
-- the account's owner changes the address of signing in.
create table named.contact(
  id uuid primary key default gen_random_uuid(),
  contest uuid not null references contest.contest, account uuid not null references account.account,
  entry uuid not null references named.entry on delete cascade,     -- where the desk did it
  email text not null check (email !~ '[[:cntrl:]]' and length(email) between 3 and 254), email_key text not null,
  reason text not null check (length(trim(reason)) between 5 and 500),
  clerk uuid not null references account.account, at timestamptz not null default phach.now());
create index contact_account on named.contact(account, contest, at desc);

-- Letters about an entry that did not arrive: given up by the program, or come back to a mailbox that the desk reads.
create table named.undelivered(
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  email text not null check (email !~ '[[:cntrl:]]' and length(email) between 3 and 254), email_key text not null,
  note text not null default '' check (length(note) <= 500),       -- the desk's; empty: the program's
  clerk uuid references account.account, at timestamptz not null default phach.now());
create index undelivered_entry on named.undelivered(entry);

do $$
declare t text;
begin
  foreach t in array array['coauthor', 'coauthor_answer', 'contact', 'undelivered'] loop
    execute format('alter table named.%I enable row level security', t);
    execute format('alter table named.%I force row level security', t);
    execute format('create policy own on named.%I to phach_named_owner using (true) with check (true)', t);
    execute format('create policy clerk on named.%I for select to phach_clerk using (contest = (select phach.contest()))', t);
  end loop;
end $$;
grant select (id, entry, contest, email_key, name, asked_at) on named.coauthor to phach_clerk;
grant select (coauthor, n, entry, contest, agrees, words, at) on named.coauthor_answer to phach_clerk;
grant select (id, contest, entry, email, reason, at) on named.contact to phach_clerk;
grant select (id, entry, contest, email, note, at) on named.undelivered to phach_clerk;

-- Where letters about a contest go: the account's address, or the newer one that the desk found.
create function named.address_of(who uuid, in_contest uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select coalesce((select k.email from named.contact k where k.account = a.id and k.contest = in_contest
      and k.at > coalesce(a.email_changed_at, '-infinity') order by k.at desc limit 1), a.email) from account.account a where a.id = who);
end $$;
-- Who is written to about an entry: its account, or, where nobody has claimed what came by post, the first author with an
-- address, in the contest's language. No row where the paper gives no address.
create function named.recipient_of(e named.entry) returns table(name text, email text, lang text) language plpgsql stable as $$
begin
  if e.account is not null then
    return query select a.name, named.address_of(a.id, e.contest), a.lang from account.account a where a.id = e.account;
  else
    return query select a.name, a.email, c.lang from named.version v join named.author a on a.version = v.id join contest.contest c on c.id = e.contest
      where v.entry = e.id and v.n = e.version and a.email <> '' order by a.position limit 1;
  end if;
end $$;
create function named.contact_of(e named.entry) returns text language plpgsql stable as $$
begin
  return (select r.email from named.recipient_of(e) r);
end $$;
-- A letter about an entry. Whoever has no account to read the rest on gets the kind that begins with "post-".
create function named.tell(e named.entry, kind text, more jsonb default '{}') returns void language plpgsql as $$
begin
  perform mail.enqueue(r.email, r.lang, case when e.account is null then 'post-' else '' end || kind, jsonb_strip_nulls(jsonb_build_object('name', r.name,
      'number', e.number, 'entry', e.id, 'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en, 'timezone', c.timezone) || more))
    from named.recipient_of(e) r, contest.contest c where c.id = e.contest;
end $$;
create function named.mail_key(address text) returns text language sql immutable parallel safe as $$
  select lower(normalize(trim(address), nfkc)) $$;

-- Whether a doubt is to stand: raised or lowered, and nothing where it stands so.
create function named.hold_flag(of_entry uuid, a_kind text, holds boolean) returns void language plpgsql as $$
begin
  if holds then perform named.raise_flag(of_entry, a_kind); else perform named.lower_flag(of_entry, a_kind); end if;
end $$;
-- Until when the desk has looked into a kind of doubt; what is older raises it no more.
create function named.looked_into(of_entry uuid, a_kind text) returns timestamptz language sql stable as $$
  select coalesce(max(f.settled_at), '-infinity') from named.flag f where f.entry = of_entry and f.kind = a_kind and f.clerk is not null $$;

-- What the co-authors of the version that counts have said, and whether seven days are over: both doubts are held to it.
create function named.review_coauthors(of_entry uuid) returns void language plpgsql as $$
declare silent boolean; objects boolean; e named.entry; week interval := '7 days';
begin
  select * into e from named.entry x where x.id = of_entry for update;
  if e.cut or e.state not in ('waiting', 'queried', 'valid') then return; end if;
  select coalesce(bool_or(x.agrees is null and k.asked_at + week <= phach.now() and k.asked_at + week > named.looked_into(e.id, 'coauthor-silent')), false),
      coalesce(bool_or(not x.agrees and x.at > named.looked_into(e.id, 'coauthor-objects')), false) into silent, objects
    from named.version v join named.author a on a.version = v.id join named.coauthor k on k.entry = e.id and k.email_key = a.email_key
    left join lateral (select y.agrees, y.at from named.coauthor_answer y where y.coauthor = k.id order by y.n desc limit 1) x on true
    where v.entry = e.id and v.n = e.version and a.email_key <> '';
  perform named.hold_flag(e.id, 'coauthor-silent', silent), named.hold_flag(e.id, 'coauthor-objects', objects);
end $$;

-- Letters to the authors of a version of several who have an own address and were not asked about this entry before. One
-- address gets at most 20 of them a day and one sender causes at most 300: whoever is not reached is silent, and the desk asks.
create function named.ask_coauthors(of_entry uuid, of_version uuid) returns void language plpgsql as $$
declare r record;
begin
  for r in
    with asked as materialized (
      select distinct on (a.email_key) a.email_key, a.email, a.name, a.contest, a.account, s.name as sender, s.lang,
          encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex') as key
        from named.author a left join account.account s on s.id = a.account
        where a.version = of_version and a.email_key <> '' and a.email_key is distinct from coalesce(s.email_key, named.mail_key((select named.contact_of(e) from named.entry e where e.id = of_entry)))
          and (select count(*) from named.author o where o.version = of_version) > 1
        order by a.email_key, a.position),
      kept as (insert into named.coauthor(entry, contest, email_key, name, hash)
        select of_entry, contest, email_key, name, sha256(convert_to(key, 'UTF8')) from asked on conflict (entry, email_key) do nothing returning email_key)
    select a.*, c.slug, c.title_vi, c.title_en, c.host_vi, c.host_en, coalesce(own.lang, a.lang, c.lang) as in_lang
      from asked a join kept using (email_key) join contest.contest c on c.id = a.contest left join account.account own on own.email_key = a.email_key
      where account.attempt(sha256(convert_to('coauthor to ' || a.email_key, 'UTF8')), 20, interval '1 day')
        and account.attempt(sha256(convert_to('coauthor by ' || coalesce(a.account::text, a.contest::text), 'UTF8')), 300, interval '1 day')
  loop
    perform mail.enqueue(r.email, r.in_lang, 'coauthor-asked', jsonb_build_object('name', r.name, 'sender', coalesce(r.sender, case r.in_lang when 'vi' then r.host_vi else r.host_en end), 'key', r.key, 'slug', r.slug,
      'contest_vi', r.title_vi, 'contest_en', r.title_en, 'entry', of_entry));
  end loop;
  perform named.review_coauthors(of_entry);
end $$;

-- What the bearer of a co-author's link is asked, and what was answered. still: asked | gone (no author of the version that
-- counts) | ended | cut.
create function named.coauthor_asked(link_hash bytea) returns table(slug text, title_vi text, title_en text, work text, name text, sender text, still text, agrees boolean, words text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.slug, c.title_vi, c.title_en, e.title, k.name, coalesce(s.name, ''),
      case when e.cut then 'cut' when e.state not in ('waiting', 'queried', 'valid') then 'ended'
        when not exists (select from named.version v join named.author a on a.version = v.id where v.entry = e.id and v.n = e.version and a.email_key = k.email_key) then 'gone'
        else 'asked' end,
      x.agrees, coalesce(x.words, '')
    from named.coauthor k join named.entry e on e.id = k.entry join contest.contest c on c.id = k.contest left join account.account s on s.id = e.account
    left join lateral (select y.agrees, y.words from named.coauthor_answer y where y.coauthor = k.id order by y.n desc limit 1) x on true
    where k.hash = link_hash;
end $$;
-- False where there is no such link. The answer may be changed while the entry is neither cut nor ended; the same again is a
-- second press. The sender hears of the first objection, not of its words.
create function named.answer_coauthor(link_hash bytea, does_agree boolean, why text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare k named.coauthor; e named.entry; was named.coauthor_answer; first boolean;
begin
  select * into k from named.coauthor x where x.hash = link_hash;
  if not found then return false; end if;
  select * into e from named.entry x where x.id = k.entry for update;
  if (select still from named.coauthor_asked(link_hash)) <> 'asked' then perform phach.refuse('coauthor_late'); end if;
  select * into was from named.coauthor_answer y where y.coauthor = k.id order by y.n desc limit 1;
  if was.agrees = does_agree and was.words = trim(why) then return true; end if;
  if was.n >= 20 then perform phach.refuse('too_many_attempts'); end if;
  first := not does_agree and not exists (select from named.coauthor_answer y where y.coauthor = k.id and not y.agrees);
  insert into named.coauthor_answer(coauthor, n, entry, contest, agrees, words) values (k.id, coalesce(was.n, 0) + 1, k.entry, k.contest, does_agree, trim(why));
  perform record.note(k.contest, 'answer_coauthor', k.entry::text, jsonb_build_object('coauthor', record.mute('entry ' || k.entry::text, k.name || ' ' || k.email_key),
    'answer', case when does_agree then 'agrees' else 'objects' end, 'words', record.mute('entry ' || k.entry::text, trim(why))));
  perform named.review_coauthors(k.entry);
  if first then
    perform named.tell(e, 'coauthor-objects', jsonb_build_object('other', k.name));
  end if;
  return true;
end $$;
grant execute on function named.coauthor_asked(bytea), named.answer_coauthor(bytea, boolean, text) to phach_public;

-- What time alone has made doubtful: a co-author silent for seven days, a sender's address unconfirmed 72 hours after the
-- first submission. How many.
create function named.raise_overdue() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare r record; n int := 0;
begin
  for r in with due as (update named.coauthor k set reviewed = true where not k.reviewed and k.asked_at <= phach.now() - interval '7 days' returning k.entry)
      select distinct d.entry from due d order by 1 loop
    perform named.review_coauthors(r.entry);
    n := n + 1;
  end loop;
  for r in select e.id from account.account a join named.entry e on e.account = a.id join named.version v on v.entry = e.id and v.n = 1
      where a.confirmed_at is null and v.received_at <= phach.now() - interval '72 hours' and not e.cut and e.state in ('waiting', 'queried', 'valid')
        and not exists (select from named.flag f where f.entry = e.id and f.kind = 'mail-unconfirmed') order by e.id limit 2000 loop
    perform named.raise_flag(r.id, 'mail-unconfirmed');
    n := n + 1;
  end loop;
  return n;
end $$;
grant execute on function named.raise_overdue() to phach_worker;
-- Its address is confirmed: the doubt goes by itself.
create function named.lower_unconfirmed(who uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform named.lower_flag(e.id, 'mail-unconfirmed') from named.entry e where e.account = who and e.flags & named.flag_bit('mail-unconfirmed') <> 0;
end $$;
grant execute on function named.lower_unconfirmed(uuid) to phach_account_owner;
reset role;

set local role phach_account_owner;
create function account.was_confirmed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform named.lower_unconfirmed(new.id);
  return null;
end $$;
create trigger was_confirmed after update of confirmed_at on account.account
  for each row when (old.confirmed_at is null and new.confirmed_at is not null) execute function account.was_confirmed();
reset role;

-- Letters that did not arrive, and the desk's other address.
set local role phach_named_owner;
create index contact_email on named.contact(email_key);
-- Those who are written to about an entry: the contact, and co-authors asked who still are authors.
create function named.is_written_to(e named.entry, an_email_key text) returns boolean language plpgsql stable as $$
begin
  return coalesce(an_email_key = named.mail_key(named.contact_of(e)), false) or exists (
    select from named.coauthor k join named.version v on v.entry = k.entry and v.n = e.version join named.author a on a.version = v.id and a.email_key = k.email_key
    where k.entry = e.id and k.email_key = an_email_key);
end $$;
-- A letter to somebody of them did not arrive, since the desk last looked into it.
create function named.review_mail(of_entry uuid) returns void language plpgsql as $$
declare e named.entry;
begin
  select * into e from named.entry x where x.id = of_entry for update;
  perform named.hold_flag(e.id, 'mail-failed', exists (select from named.undelivered u
    where u.entry = e.id and u.at > named.looked_into(e.id, 'mail-failed') and named.is_written_to(e, u.email_key)));
end $$;
-- What the program gave up since the last turn: about one entry, or about all that its reader has sent. How many letters.
create function named.raise_failed_letters() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare l record; e named.entry; k text; n int := 0; ids uuid[];
begin
  for l in select * from mail.take_failed() loop
    k := named.mail_key(l.to_address); n := n + 1;
    if l.entry ~ '^[0-9a-f-]{36}$' then ids := array[l.entry::uuid];
    else
      ids := array(select x.id from contest.contest c join named.entry x on x.contest = c.id where c.slug = coalesce(l.slug, c.slug)
        and x.account in (select a.id from account.account a where a.email_key = k union select m.account from named.contact m where m.email_key = k));
    end if;
    for e in select x.* from named.entry x where x.id = any(ids) and x.version > 0 order by x.id loop
      if named.is_written_to(e, k) and not exists (select from named.undelivered u where u.entry = e.id and u.email_key = k and u.at > named.looked_into(e.id, 'mail-failed')) then
        insert into named.undelivered(entry, contest, email, email_key) values (e.id, e.contest, l.to_address, k);
        perform named.review_mail(e.id);
      end if;
    end loop;
  end loop;
  return n;
end $$;
grant execute on function named.raise_failed_letters() to phach_worker;

-- The entry as the desk has it, under lock.
create function named.hold_received(of_entry uuid) returns named.entry language plpgsql as $$
declare e named.entry;
begin
  select * into e from named.entry x where x.id = of_entry and x.contest = phach.contest() and x.version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  return e;
end $$;
-- A letter came back to a mailbox that the desk reads.
create function named.note_came_back(of_entry uuid, an_email text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_received(of_entry); k text := named.mail_key(an_email);
begin
  if length(trim(why)) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if not named.is_written_to(e, k) then perform phach.refuse('contact_unknown'); end if;
  insert into named.undelivered(entry, contest, email, email_key, note, clerk) values (e.id, e.contest, trim(an_email), k, trim(why), phach.account());
  perform record.note(e.contest, 'letter_came_back', e.id::text, jsonb_build_object('email', record.mute('entry ' || e.id::text, k),
    'reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.review_mail(e.id);
end $$;
-- From now on the contest's letters to this account go to another address; both hear of it, and what did not arrive goes out
-- again. How the account signs in stays as it is.
create function named.mend_contact(of_entry uuid, an_email text, an_email_key text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_received(of_entry); was text := named.address_of(e.account, e.contest); a record; c contest.contest; told jsonb; x uuid;
begin
  if was is null then perform phach.refuse('contact_unknown'); end if;
  if length(trim(why)) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  if named.mail_key(was) = an_email_key then perform phach.refuse('contact_same'); end if;
  if not account.attempt(sha256(convert_to('contact ' || e.account::text || e.contest::text, 'UTF8')), 5, interval '1 day') then perform phach.refuse('too_many_attempts'); end if;
  select s.name, s.lang into a from account.account s where s.id = e.account;
  select * into c from contest.contest y where y.id = e.contest;
  insert into named.contact(contest, account, entry, email, email_key, reason, clerk) values (e.contest, e.account, e.id, an_email, an_email_key, trim(why), phach.account());
  perform record.note(e.contest, 'mend_contact', e.id::text, jsonb_build_object('email', record.mute('entry ' || e.id::text, an_email_key),
    'reason', record.mute('entry ' || e.id::text, trim(why))));
  told := jsonb_build_object('name', a.name, 'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en);
  perform mail.redirect(c.slug, was, an_email);
  perform mail.enqueue(was, a.lang, 'contact-left', told), mail.enqueue(an_email, a.lang, 'contact-mended', told || jsonb_build_object('entry', e.id));
  for x in select y.id from named.entry y where y.account = e.account and y.contest = e.contest and y.flags & named.flag_bit('mail-failed') <> 0 order by y.id loop
    perform named.review_mail(x);
  end loop;
end $$;
-- Who is written to about an entry: the contact (with what the account signs in with, empty where nobody has claimed it; whether that is
-- confirmed), and the co-authors asked, with what they answered.
create function named.written_to(of_entry uuid) returns table(place int, name text, email text, own_email text, confirmed boolean, asked_at timestamptz, agrees boolean, words text, answered_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query
    select 0, r.name, r.email, coalesce(a.email, ''), a.id is null or a.confirmed_at is not null, null::timestamptz, null::boolean, '', null::timestamptz
      from named.entry e cross join lateral named.recipient_of(e) r left join account.account a on a.id = e.account where e.id = of_entry and e.contest = phach.contest()
    union all
    select a.position, a.name, a.email, '', false, k.asked_at, x.agrees, coalesce(x.words, ''), x.at
      from named.entry e join named.version v on v.entry = e.id and v.n = e.version join named.author a on a.version = v.id
      join named.coauthor k on k.entry = e.id and k.email_key = a.email_key
      left join lateral (select y.agrees, y.words, y.at from named.coauthor_answer y where y.coauthor = k.id order by y.n desc limit 1) x on true
      where e.id = of_entry and e.contest = phach.contest() and a.email_key <> ''
    order by 1;
end $$;
grant execute on function named.note_came_back(uuid, text, text), named.mend_contact(uuid, text, text, text), named.written_to(uuid) to phach_clerk;
-- The address of signing in changed: what the account itself wrote by the old one is known by the new one, and what did not
-- arrive at the old one is no doubt.
create function named.follow_address(who uuid, old_key text, new_key text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare x uuid;
begin
  update named.author set email_key = new_key where account = who and email_key = old_key;
  for x in select y.id from named.entry y where y.account = who and y.flags & named.flag_bit('mail-failed') <> 0 order by y.id loop
    perform named.review_mail(x);
  end loop;
end $$;
grant execute on function named.follow_address(uuid, text, text) to phach_account_owner;
reset role;

set local role phach_mail_owner;
-- What was to go to one address and has not: it goes to another, from the beginning.
create function mail.redirect(in_slug text, was text, now_to text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update mail.letter l set to_address = now_to, attempts = 0, available_at = phach.now()
    where l.sent_at is null and l.failed_at is null and l.to_address = was and l.params->>'slug' = in_slug and l.kind <> 'coauthor-asked';
  insert into mail.letter(to_address, lang, kind, params) select now_to, l.lang, l.kind, l.params from mail.letter l
    where l.failed_at is not null and l.to_address = was and l.params->>'slug' = in_slug and l.kind <> 'coauthor-asked' order by l.number;
end $$;
grant execute on function mail.redirect(text, text, text) to phach_named_owner;
reset role;

-- Another address to sign in with: asked for by whoever is signed in, changed by a link sent there.
set local role phach_account_owner;
create function account.ask_address(new_email text, new_key text, link_hash bytea, link text, sign_in_link text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a account.account;
begin
  select * into a from account.account where id = phach.account();
  if not found then perform phach.refuse('enter_sign_in'); end if;
  if a.email_key = new_key then perform phach.refuse('address_same'); end if;
  if not account.attempt(sha256(convert_to('address of ' || a.id::text, 'UTF8')), 5, interval '15 minutes')
    or not account.attempt(sha256(convert_to('address to ' || new_key, 'UTF8')), 5, interval '15 minutes') then perform phach.refuse('too_many_attempts'); end if;
  -- the same answer to the visitor; the owner of the address learns that somebody tried
  if exists (select from account.account x where x.email_key = new_key) then
    perform mail.enqueue(x.email, x.lang, 'already-registered', jsonb_build_object('name', x.name, 'link', sign_in_link)) from account.account x where x.email_key = new_key;
    return;
  end if;
  insert into account.token(hash, account, kind, expires_at, email, email_key) values (link_hash, a.id, 'address', phach.now() + interval '1 day', new_email, new_key);
  perform mail.enqueue(new_email, a.lang, 'address-change', jsonb_build_object('name', a.name, 'link', link));
end $$;
-- By the link, once. Every other session ends, and every other link sent before; the old address is told.
create function account.change_address(link_hash bytea, keep bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare t account.token; was account.account;
begin
  update account.token set used_at = phach.now() where hash = link_hash and kind = 'address' and used_at is null and expires_at > phach.now() returning * into t;
  if not found then return false; end if;
  select * into was from account.account where id = t.account for update;
  update account.account set email = t.email, email_key = t.email_key, confirmed_at = coalesce(confirmed_at, phach.now()), email_changed_at = phach.now() where id = t.account;
  delete from account.session where account = t.account and key_hash is distinct from keep;
  update account.token set used_at = phach.now() where account = t.account and used_at is null;
  perform named.follow_address(t.account, was.email_key, t.email_key);
  perform mail.enqueue(was.email, was.lang, 'address-left', jsonb_build_object('name', was.name));
  perform record.note(null, 'change_address', t.account::text, jsonb_build_object('email', record.mute('account ' || t.account::text, t.email_key)));
  return true;
end $$;
grant execute on function account.ask_address(text, text, bytea, text, text), account.change_address(bytea, bytea) to phach_public;
reset role;

-- The desk corrects what is written of an author, or the unit. Each correction is a row with what stood before and what
-- stands since; what was received follows from them. Nothing of the marking is asked, and nothing said of it.
set local role phach_slip_owner;
create function slip.is_sealed(c uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from blind.seal s where s.contest = c);
end $$;
grant usage on schema slip to phach_named_owner;
grant execute on function slip.is_sealed(uuid) to phach_named_owner;
reset role;

set local role phach_named_owner;
create table named.correction(
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references named.entry on delete cascade, contest uuid not null references contest.contest,
  version int not null, position int not null check (position >= 0),    -- of the author; 0: the unit
  was jsonb not null, becomes jsonb not null,                           -- the fields that changed
  reason text not null check (length(trim(reason)) between 5 and 500),
  clerk uuid not null references account.account, at timestamptz not null default phach.now());
create index correction_entry on named.correction(entry, at);
alter table named.correction enable row level security; alter table named.correction force row level security;
create policy own on named.correction to phach_named_owner using (true) with check (true);
create policy clerk on named.correction for select to phach_clerk using (contest = (select phach.contest()));
grant select (id, entry, contest, version, position, was, becomes, reason, at) on named.correction to phach_clerk;

-- The entry as the desk has it, under lock, where it may still be corrected.
create function named.hold_correctable(of_entry uuid, seen int, why text) returns named.entry language plpgsql as $$
declare e named.entry := named.hold_received(of_entry);
begin
  if e.version <> seen then perform phach.refuse('newer_version'); end if;
  if e.state not in ('waiting', 'queried', 'valid') then perform phach.refuse('entry_ended'); end if;
  if e.cut and slip.is_sealed(e.contest) then perform phach.refuse('sealed'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  return e;
end $$;
-- What follows from a correction: search, doubts, co-authors who are asked, and, where its slip is off, the exclusions once more.
create function named.follow_correction(e named.entry, v named.version) returns void language plpgsql as $$
declare c contest.contest;
begin
  select * into c from contest.contest x where x.id = e.contest;
  update named.entry x set unit = v.unit, authors_key = (select string_agg(a.name_key, ' / ' order by a.position) from named.author a where a.version = v.id) where x.id = e.id;
  if e.cut then
    perform slip.recheck(e.id);
  else
    begin
      perform named.raise_doubts(e, v, named.hold_limits(c, e.id, v));
    exception when raise_exception then perform named.raise_flag(e.id, 'limit-doubt');   -- received it is: the desk decides
    end;
    perform named.hold_flag(e.id, 'guardian-missing', named.is_alone(c, v.id));
    if (select count(*) from named.author a where a.version = v.id) > 1 then perform named.ask_coauthors(e.id, v.id); end if;
  end if;
  if e.by_post and not e.cut then perform named.review_post(e.id); end if;
  perform named.review_mail(e.id);
  perform named.tell(e, 'author-corrected');
end $$;

-- r: name, pen_name, birth_year, email, email_key, phone: all of them, as they are to stand.
create function named.correct_author(of_entry uuid, seen int, of_position int, r jsonb, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_correctable(of_entry, seen, why); v named.version; a named.author; old jsonb; new jsonb;
begin
  select * into v from named.version x where x.entry = e.id and x.n = e.version;
  select * into a from named.author x where x.version = v.id and x.position = of_position;
  if not found then perform phach.refuse('enter_not_found'); end if;
  select jsonb_object_agg(f.key, f.was), jsonb_object_agg(f.key, f.becomes) into old, new from (values
      ('name', to_jsonb(a.name), r->'name'), ('pen_name', to_jsonb(a.pen_name), r->'pen_name'), ('birth_year', coalesce(to_jsonb(a.birth_year), 'null'), r->'birth_year'),
      ('email', to_jsonb(a.email), r->'email'), ('phone', to_jsonb(a.phone), r->'phone')) as f(key, was, becomes) where f.was is distinct from f.becomes;
  if new is null then perform phach.refuse('correction_same'); end if;
  if r->>'email_key' <> '' and exists (select from named.author x where x.version = v.id and x.position <> of_position and x.email_key = r->>'email_key') then
    perform phach.refuse('email_of_another');
  end if;
  insert into named.correction(entry, contest, version, position, was, becomes, reason, clerk) values (e.id, e.contest, e.version, of_position, old, new, trim(why), phach.account());
  update named.author x set name = r->>'name', pen_name = r->>'pen_name', birth_year = (r->>'birth_year')::int, email = r->>'email', email_key = r->>'email_key', phone = r->>'phone'
    where x.version = v.id and x.position = of_position;
  -- the draft that the next version would be made of
  update named.draft d set revision = d.revision + 1, authors = jsonb_set(d.authors, array[(of_position - 1)::text], d.authors->(of_position - 1) || jsonb_build_object(
      'name', r->>'name', 'pen', r->>'pen_name', 'year', coalesce(r->>'birth_year', ''), 'email', r->>'email', 'phone', r->>'phone'))
    where d.entry = e.id and d.authors->(of_position - 1)->>'name' = a.name;
  perform record.note(e.contest, 'correct_author', e.id::text, jsonb_build_object('version', e.version, 'position', of_position,
    'authors', record.mute('entry ' || e.id::text, (r->>'name') || ' ' || (r->>'email_key')), 'reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.follow_correction(e, v);
end $$;
create function named.correct_unit(of_entry uuid, seen int, to_unit uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_correctable(of_entry, seen, why); v named.version; was uuid;
begin
  select * into v from named.version x where x.entry = e.id and x.n = e.version;
  if to_unit is not null and not exists (select from contest.unit u where u.id = to_unit and u.contest = e.contest) then perform phach.refuse('unit_gone'); end if;
  if to_unit is not distinct from v.unit then perform phach.refuse('correction_same'); end if;
  was := v.unit; v.unit := to_unit;
  insert into named.correction(entry, contest, version, position, was, becomes, reason, clerk)
    values (e.id, e.contest, e.version, 0, jsonb_build_object('unit', was), jsonb_build_object('unit', to_unit), trim(why), phach.account());
  update named.version x set unit = to_unit where x.id = v.id;
  update named.draft d set revision = d.revision + 1, unit = to_unit where d.entry = e.id and d.unit is not distinct from was;
  perform record.note(e.contest, 'correct_unit', e.id::text, jsonb_build_object('version', e.version, 'reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.follow_correction(e, v);
end $$;
grant execute on function named.correct_author(uuid, int, int, jsonb, text), named.correct_unit(uuid, int, uuid, text) to phach_clerk;
reset role;
