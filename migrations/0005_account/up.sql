-- People, their sessions and hats. Every hat reaches these tables through functions only.
set local role phach_account_owner;

create table account.account(
  id uuid primary key,
  email text not null check (email !~ '[[:cntrl:]]' and length(email) between 3 and 254),
  email_key text not null constraint account_email_once unique,   -- NFKC, case folded
  name text not null check (name !~ '[[:cntrl:]]' and length(name) between 1 and 200),
  lang text not null check (lang in ('vi', 'en')),
  password_hash text not null,
  password_changed_at timestamptz not null default phach.now(),
  confirmed_at timestamptz,
  email_changed_at timestamptz,                                   -- to the address that it has now
  may_create boolean not null default false,                      -- may create contests
  created_at timestamptz not null default phach.now());
create table account.session(
  key_hash bytea primary key check (length(key_hash) = 32),       -- SHA-256 of the cookie's key
  account uuid not null references account.account on delete cascade,
  created_at timestamptz not null default phach.now(),
  seen_at timestamptz not null default phach.now(),
  expires_at timestamptz not null default phach.now() + interval '14 days');
create index session_account on account.session(account);
create table account.token(
  hash bytea primary key check (length(hash) = 32),
  account uuid not null references account.account on delete cascade,
  kind text not null check (kind in ('confirm', 'reset', 'address')),
  expires_at timestamptz not null, used_at timestamptz,
  email text, email_key text,                                     -- the address to change to
  check ((kind = 'address') = (email_key is not null)), check ((email is null) = (email_key is null)));
create table account.invitation(
  id uuid primary key,
  hash bytea not null unique check (length(hash) = 32),
  contest uuid references contest.contest,                        -- null: an account that may create contests
  hat text check (hat in ('clerk', 'judge', 'chair', 'organizer', 'auditor')),
  email text, email_key text,                                     -- null only for the first organizer's link
  name text not null default '' check (name !~ '[[:cntrl:]]' and length(name) <= 200), -- as the organizer wrote it, to greet by
  invited_by uuid references account.account,
  created_at timestamptz not null default phach.now(),
  expires_at timestamptz not null default phach.now() + interval '30 days',
  redeemed_at timestamptz, redeemed_by uuid references account.account,
  cancelled_at timestamptz,
  check ((contest is null) = (hat is null)), check ((email is null) = (email_key is null)));
create index invitation_contest on account.invitation(contest);
-- People are kept apart: in a contest that is "strict", one person has one side, and for good. The unique index is
-- the wall; a hat row cannot exist without its side row.
create table account.worn_side(
  contest uuid not null references contest.contest, account uuid not null references account.account,
  side text not null check (side in ('named', 'blind')), strict boolean not null,
  primary key (contest, account, side));
create unique index people_kept_apart on account.worn_side(contest, account) where strict;
create table account.hat(
  account uuid not null references account.account, contest uuid not null references contest.contest,
  hat text not null check (hat in ('clerk', 'judge', 'chair', 'organizer', 'auditor')),
  side text not null generated always as (case when hat = 'clerk' then 'named' else 'blind' end) stored,
  granted_by uuid, granted_at timestamptz not null default phach.now(),
  primary key (account, contest, hat),
  foreign key (contest, account, side) references account.worn_side(contest, account, side));
create index hat_contest on account.hat(contest, hat);
-- Attempts in a window; buckets are hashes, so the table names nobody.
create table account.attempt(bucket bytea primary key, window_ends_at timestamptz not null, n int not null);

do $$
declare t text;
begin
  foreach t in array array['account', 'session', 'token', 'invitation', 'worn_side', 'hat', 'attempt'] loop
    execute format('alter table account.%I enable row level security', t);
    execute format('alter table account.%I force row level security', t);
    execute format('create policy own on account.%I to phach_account_owner using (true) with check (true)', t);
  end loop;
end $$;

grant usage on schema account to phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader, phach_judge,
  phach_chair, phach_dealer, phach_organizer, phach_auditor, phach_owner, phach_named_owner, phach_blind_owner, phach_slip_owner,
  phach_result_owner;
grant references (id) on account.account to phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner;

-- The door. Who you are comes from the session's key, never from the program; the hat is the role SET by the login.
-- Answers in the order that hides: no session before no contest, and "not yours" as "does not exist".
create function account.enter(key bytea, slug_wanted text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare who uuid; c uuid; worn text := current_setting('role'); last_seen timestamptz; wears boolean; done text;
begin
  -- every request pays for this: one query
  select s.account, s.seen_at, k.id, worn in ('phach_public', 'phach_contestant') or exists (
      select from account.hat h where h.account = s.account and h.contest = k.id
        and h.hat = case worn when 'phach_dealer' then 'chair' else substr(worn, 7) end)
    into who, last_seen, c, wears
    from (select) one
    left join account.session s on s.key_hash = key and s.expires_at > phach.now() and s.seen_at > phach.now() - interval '4 days'
    left join contest.contest k on k.slug = slug_wanted;
  if last_seen < phach.now() - interval '10 minutes' and not current_setting('transaction_read_only')::boolean then
    update account.session set seen_at = phach.now() where key_hash = key;
  end if;
  if who is null and worn <> 'phach_public' then perform phach.refuse('enter_sign_in'); end if;
  if c is null and slug_wanted is not null or not wears then perform phach.refuse('enter_not_found'); end if;
  done := set_config('phach.account', coalesce(who::text, ''), true);
  done := set_config('phach.contest', coalesce(c::text, ''), true);
end $$;
grant execute on function account.enter(bytea, text) to phach_public, phach_contestant, phach_clerk, phach_judge, phach_chair,
  phach_dealer, phach_organizer, phach_auditor;

-- In plpgsql, as everything that a page or a form asks of: a function in SQL is planned anew each time it is called.
create type account.me as (id uuid, email text, name text, lang text, confirmed boolean, may_create boolean);
create function account.me() returns setof account.me
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.id, a.email, a.name, a.lang, a.confirmed_at is not null, a.may_create from account.account a where a.id = phach.account();
end $$;
grant execute on function account.me() to phach_public, phach_contestant;

create function account.my_hats() returns table(contest uuid, slug text, title_vi text, title_en text, hat text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  -- a key is no hat, but who holds one has a page too (the proof is slip.my_key's)
  select t.id, t.slug, t.title_vi, t.title_en, t.hat from (
    select c.id, c.slug, c.title_vi, c.title_en, c.created_at, h.hat from account.hat h join contest.contest c on c.id = h.contest
      where h.account = phach.account()
    union select c.id, c.slug, c.title_vi, c.title_en, c.created_at, 'key-holder' from contest.key_holder k join contest.contest c on c.id = k.contest
      join account.account a on a.id = phach.account() and a.email_key = k.email_key and a.confirmed_at is not null
      where exists (select from account.hat h where h.account = a.id and h.contest = c.id)) t
  order by t.created_at desc, t.id, t.hat $$;
grant execute on function account.my_hats() to phach_public, phach_contestant, phach_clerk, phach_judge, phach_chair,
  phach_organizer, phach_auditor;

-- True while the bucket is under its limit; counts this attempt.
create function account.attempt(a_bucket bytea, at_most int, per interval) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare seen int;
begin
  insert into account.attempt as a values (a_bucket, phach.now() + per, 1)
  on conflict (bucket) do update set
    n = case when a.window_ends_at <= phach.now() then 1 else a.n + 1 end,
    window_ends_at = case when a.window_ends_at <= phach.now() then phach.now() + per else a.window_ends_at end
  returning n into seen;
  return seen <= at_most;
end $$;
grant execute on function account.attempt(bytea, int, interval) to phach_public;

create function account.sign_up(r jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- r: id, email, email_key, name, lang, password_hash, token_hash (hex), link
  insert into account.account(id, email, email_key, name, lang, password_hash)
  values ((r->>'id')::uuid, r->>'email', r->>'email_key', r->>'name', r->>'lang', r->>'password_hash')
  on conflict (email_key) do nothing;
  if not found then
    -- The same answer to the visitor; the owner of the address learns that somebody tried.
    perform mail.enqueue(a.email, a.lang, 'already-registered', jsonb_build_object('name', a.name, 'link', r->>'sign_in_link'))
      from account.account a where a.email_key = r->>'email_key';
    return;
  end if;
  insert into account.token values (decode(r->>'token_hash', 'hex'), (r->>'id')::uuid, 'confirm', phach.now() + interval '7 days');
  perform mail.enqueue(r->>'email', r->>'lang', 'confirm-address', jsonb_build_object('name', r->>'name', 'link', r->>'link'));
  perform record.note(null, 'sign_up', r->>'id', jsonb_build_object('email', record.mute('account ' || (r->>'id'), r->>'email_key')));
end $$;
create function account.credentials(of_email text) returns table(id uuid, password_hash text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.id, a.password_hash from account.account a where a.email_key = of_email;
end $$;
-- For a second look at one's own password (turning a key).
create function account.my_credentials() returns table(id uuid, password_hash text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select a.id, a.password_hash from account.account a where a.id = phach.account();
end $$;
-- Only with the hash that was verified: a password changed meanwhile opens nothing.
create function account.open_session(who uuid, verified text, key bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into account.session(key_hash, account) select key, a.id from account.account a where a.id = who and a.password_hash = verified;
  if not found then perform phach.refuse('sign_in_wrong'); end if;
  delete from account.session where account = who and expires_at <= phach.now();
end $$;
create function account.close_session(key bytea) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from account.session where key_hash = key $$;
create function account.close_all_sessions() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from account.session where account = phach.account() $$;
create function account.set_lang(to_lang text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update account.account set lang = to_lang where id = phach.account() $$;

create function account.confirm(link_hash bytea) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare who uuid;
begin
  update account.token set used_at = coalesce(used_at, phach.now()) where hash = link_hash and kind = 'confirm' and expires_at > phach.now()
    returning account into who;
  if who is null then return false; end if;
  update account.account set confirmed_at = coalesce(confirmed_at, phach.now()) where id = who;
  return true;
end $$;
create function account.ask_confirmation(link_hash bytea, link text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a account.account;
begin
  select * into a from account.account where id = phach.account() and confirmed_at is null;
  if not found then return; end if;
  if not account.attempt(sha256(convert_to('confirmation ' || a.email_key, 'UTF8')), 5, interval '15 minutes') then perform phach.refuse('too_many_attempts'); end if;
  insert into account.token values (link_hash, a.id, 'confirm', phach.now() + interval '7 days');
  perform mail.enqueue(a.email, a.lang, 'confirm-address', jsonb_build_object('name', a.name, 'link', link));
end $$;
create function account.forgot(of_email text, link_hash bytea, link text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare a account.account;
begin
  select * into a from account.account where email_key = of_email;
  if not found then   -- a row and its durable commit all the same: the time of the answer tells nothing
    perform account.attempt(sha256(convert_to('forgot nobody ' || of_email, 'UTF8')), 1, interval '1 hour');
    return;
  end if;
  insert into account.token values (link_hash, a.id, 'reset', phach.now() + interval '1 hour');
  perform mail.enqueue(a.email, a.lang, 'reset-password', jsonb_build_object('name', a.name, 'link', link));
end $$;
create function account.reset(link_hash bytea, new_hash text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare who uuid; a account.account;
begin
  update account.token set used_at = phach.now() where hash = link_hash and kind = 'reset' and used_at is null and expires_at > phach.now()
    returning account into who;
  if who is null then return false; end if;
  update account.account set password_hash = new_hash, password_changed_at = phach.now(),
    confirmed_at = coalesce(confirmed_at, phach.now()) where id = who returning * into a;
  delete from account.session where account = who;
  update account.token set used_at = phach.now() where account = who and kind = 'reset' and used_at is null;
  perform mail.enqueue(a.email, a.lang, 'password-changed', jsonb_build_object('name', a.name));
  perform record.note(null, 'reset_password', who::text, '{}');
  return true;
end $$;

-- What has run out goes: attempts, sessions (idle as account.enter says), links.
create function account.sweep() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from account.attempt where window_ends_at < phach.now();
  delete from account.session where expires_at <= phach.now() or seen_at <= phach.now() - interval '4 days';
  delete from account.token where expires_at < phach.now() - interval '7 days';
end $$;
grant execute on function account.sweep() to phach_worker;

-- A hat, granted. Called by the functions below and by nobody else.
create function account.grant_hat(who uuid, in_contest uuid, a_hat text, by uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s text := case when a_hat = 'clerk' then 'named' else 'blind' end; violated text;
begin
  begin
    insert into account.worn_side(contest, account, side, strict)
    select c.id, who, s, c.separation = 'strict' from contest.contest c where c.id = in_contest
    on conflict (contest, account, side) do nothing;
  exception when unique_violation then perform phach.refuse('people_kept_apart');
  end;
  insert into account.hat(account, contest, hat, granted_by) values (who, in_contest, a_hat, by) on conflict do nothing;
  if found then
    perform record.note(in_contest, 'grant_hat', who::text, jsonb_build_object('hat', a_hat, 'by', by));
  end if;
end $$;

-- Only whoever may create contests; that person is the organizer.
create function account.create_contest(r jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid; who uuid := phach.account();
begin
  if not exists (select from account.account where id = who and may_create) then perform phach.refuse('enter_not_found'); end if;
  c := contest.create(r || jsonb_build_object('organizer', (select email_key from account.account where id = who)));
  perform record.note(c, 'create_contest', c::text, jsonb_build_object('slug', r->>'slug', 'rules', r->>'rules_sha256'));
  perform account.grant_hat(who, c, 'organizer', null);
  return c;
end $$;

-- The rules changed whether people are kept apart: what was worn follows, unless somebody wears both sides.
create function account.follow_separation(in_contest uuid, is_strict boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update account.worn_side set strict = is_strict where contest = in_contest;
exception when unique_violation then perform phach.refuse('people_kept_apart');
end $$;
grant execute on function account.follow_separation(uuid, boolean) to phach_owner;

-- The proposed extension, for officials who may confirm it; one's own proposal one cannot.
create function account.extension() returns table(id uuid, closes_at timestamptz, intake_closes_at timestamptz, queries_close_at timestamptz,
  postmark_by date, reason text, proposed_at timestamptz, proposed_by text, mine boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id, e.closes_at, e.intake_closes_at, e.queries_close_at, e.postmark_by, e.reason, e.proposed_at, a.name, a.id = phach.account()
  from contest.extension e join account.account a on a.id = e.proposed_by
  where e.contest = phach.contest() and e.confirmed_at is null and e.dropped_at is null and exists (select from account.hat h
    where h.account = phach.account() and h.contest = e.contest and h.hat in ('organizer', 'chair', 'clerk')) $$;
create function account.may_confirm() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from account.hat h where h.account = phach.account() and h.contest = phach.contest() and h.hat in ('organizer', 'chair', 'clerk')) $$;
-- Proposed by an organizer; the others who may confirm it are told.
create function account.propose_extension(closes timestamptz, intake timestamptz, queries timestamptz, postmark date, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform contest.propose_extension(closes, intake, queries, postmark, why);
  perform mail.enqueue(a.email, a.lang, 'extension-proposed', jsonb_build_object('name', a.name, 'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en,
      'until', closes, 'timezone', c.timezone))
    from contest.contest c, account.account a where c.id = phach.contest() and a.id <> phach.account()
      and a.id in (select h.account from account.hat h where h.contest = c.id and h.hat in ('organizer', 'chair', 'clerk'));
end $$;
grant execute on function account.propose_extension(timestamptz, timestamptz, timestamptz, date, text) to phach_organizer;
create function account.confirm_extension(of uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not account.may_confirm() then perform phach.refuse('enter_not_found'); end if;
  perform contest.confirm_extension(of, phach.account());
  perform named.enqueue_extension(phach.contest());
end $$;
grant execute on function account.extension(), account.may_confirm(), account.confirm_extension(uuid) to phach_public;
grant execute on function account.extension() to phach_organizer;

-- Taken up by nobody yet, and not run out.
create function account.is_open(i account.invitation) returns boolean language sql stable as $$
  select i.redeemed_at is null and i.cancelled_at is null and i.expires_at > phach.now() $$;
-- people: [{id, email, email_key, name, hat, hash (hex), link}], into the organizer's contest. What became of each, in their order:
-- sent | open (has an invitation to this hat already) | worn (has the hat) | other_side (belongs to the side that this hat
-- must be kept apart from, or is invited there) | oneself (nobody grants a hat to oneself).
create function account.invite(people jsonb) returns table(email text, outcome text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare p jsonb; me account.account; c contest.contest; a_hat text; named boolean;
begin
  select * into me from account.account where id = phach.account();
  select * into c from contest.contest where id = phach.contest();
  perform pg_advisory_xact_lock(hashtextextended('invite ' || c.id::text, 0));
  for p in select jsonb_array_elements(people) loop
    email := p->>'email';
    a_hat := p->>'hat';
    named := a_hat = 'clerk';
    outcome := case
      when p->>'email_key' = me.email_key then 'oneself'
      when c.separation = 'strict' and (
        exists (select from account.worn_side w join account.account a on a.id = w.account
          where w.contest = c.id and a.email_key = p->>'email_key' and (w.side = 'named') <> named)
        or exists (select from account.invitation i where i.contest = c.id and i.email_key = p->>'email_key'
          and (i.hat = 'clerk') <> named and account.is_open(i))) then 'other_side'
      when exists (select from account.hat h join account.account a on a.id = h.account
        where h.contest = c.id and h.hat = a_hat and a.email_key = p->>'email_key') then 'worn'
      when exists (select from account.invitation i where i.contest = c.id and i.email_key = p->>'email_key' and i.hat = a_hat
        and account.is_open(i)) then 'open'
      else 'sent' end;
    if outcome = 'sent' then
      insert into account.invitation(id, hash, contest, hat, email, email_key, name, invited_by)
      values ((p->>'id')::uuid, decode(p->>'hash', 'hex'), c.id, a_hat, p->>'email', p->>'email_key', coalesce(p->>'name', ''), me.id);
      perform account.enqueue_invitation((p->>'id')::uuid, p->>'link');
      perform record.note(c.id, 'invite', p->>'id', jsonb_build_object('hat', a_hat, 'email', record.mute('invitation ' || (p->>'id'), p->>'email_key')));
    end if;
    return next;
  end loop;
end $$;
create function account.enqueue_invitation(of_invitation uuid, link text) returns void language sql as $$
  select mail.enqueue(i.email, c.lang, 'invitation', jsonb_build_object('name', i.name, 'contest_vi', c.title_vi, 'contest_en', c.title_en, 'hat', i.hat, 'link', link))
  from account.invitation i join contest.contest c on c.id = i.contest where i.id = of_invitation $$;
-- A new link for an invitation that nobody has taken up; the old link ends. The letter goes again.
create function account.invite_again(of_invitation uuid, link_hash bytea, link text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  update account.invitation i set hash = link_hash, created_at = phach.now(), expires_at = phach.now() + interval '30 days'
    where i.id = of_invitation and i.contest = c and i.email is not null and i.redeemed_at is null and i.cancelled_at is null;
  if not found then perform phach.refuse('invitation_not_open'); end if;
  if not account.attempt(sha256(convert_to('invitation ' || of_invitation::text, 'UTF8')), 5, interval '15 minutes') then
    perform phach.refuse('too_many_attempts');
  end if;
  perform account.enqueue_invitation(of_invitation, link);
  perform record.note(c, 'invite_again', of_invitation::text, '{}');
end $$;
create function account.cancel_invitation(of_invitation uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  update account.invitation i set cancelled_at = phach.now()
    where i.id = of_invitation and i.contest = c and i.redeemed_at is null and i.cancelled_at is null;
  if not found then perform phach.refuse('invitation_not_open'); end if;
  perform record.note(c, 'cancel_invitation', of_invitation::text, '{}');
end $$;
create function account.invitations() returns table(id uuid, hat text, email text, name text, created_at timestamptz, state text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id, i.hat, i.email, i.name, i.created_at, case when i.redeemed_at is not null then 'redeemed' when i.cancelled_at is not null then 'cancelled'
    when i.expires_at <= phach.now() then 'expired' else 'waiting' end
  from account.invitation i where i.contest = phach.contest() order by i.hat, i.id $$;
create function account.invitation(link_hash bytea) returns table(contest_slug text, title_vi text, title_en text, hat text, email text, name text, has_account boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.slug, c.title_vi, c.title_en, i.hat, i.email, i.name, exists (select from account.account a where a.email_key = i.email_key)
  from account.invitation i left join contest.contest c on c.id = i.contest
  where i.hash = link_hash and account.is_open(i) $$;
-- r: null for the person who is signed in; else a new account as in sign_up: confirmed at once where the link came by
-- that address, by a letter where the link named none.
create function account.redeem(link_hash bytea, r jsonb) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare i account.invitation; who uuid := phach.account(); slug text;
begin
  update account.invitation x set redeemed_at = phach.now() where x.hash = link_hash and account.is_open(x) returning * into i;
  if i.id is null then perform phach.refuse('invitation_gone'); end if;
  if r is not null then
    if i.email_key is not null and i.email_key <> r->>'email_key' then perform phach.refuse('invitation_for_another'); end if;
    who := (r->>'id')::uuid;
    insert into account.account(id, email, email_key, name, lang, password_hash, confirmed_at)
    values (who, coalesce(i.email, r->>'email'), r->>'email_key', r->>'name', r->>'lang', r->>'password_hash',
            case when i.email_key is not null then phach.now() end);
    if i.email_key is null then
      insert into account.token values (decode(r->>'token_hash', 'hex'), who, 'confirm', phach.now() + interval '7 days');
      perform mail.enqueue(r->>'email', r->>'lang', 'confirm-address', jsonb_build_object('name', r->>'name', 'link', r->>'link'));
    end if;
  elsif not exists (select from account.account a where a.id = who and (i.email_key is null or a.email_key = i.email_key)) then
    perform phach.refuse('invitation_for_another');
  else
    update account.account set confirmed_at = coalesce(confirmed_at, phach.now()) where id = who and i.email_key is not null;
  end if;
  update account.invitation set redeemed_by = who where id = i.id;
  if i.contest is null then
    update account.account set may_create = true where id = who;
    perform record.note(null, 'may_create', who::text, '{}');
    return null;
  end if;
  perform account.grant_hat(who, i.contest, i.hat, i.invited_by);
  select c.slug into slug from contest.contest c where c.id = i.contest;
  return slug;
end $$;
-- The officials of the contest by hat, for its blind officials; a clerk's page has no need of it.
create function account.officials() returns table(id uuid, name text, hat text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.name, h.hat from account.hat h join account.account a on a.id = h.account
  where h.contest = phach.contest() order by h.hat, h.granted_at, a.id $$;

-- The key holders as the rules name them, and whether each can turn a key: a confirmed account with any hat here.
create function account.key_holders() returns table(email text, office_vi text, office_en text, ready boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.email_key, k.office_vi, k.office_en, exists (
    select from account.account a join account.hat h on h.account = a.id and h.contest = k.contest
    where a.email_key = k.email_key and a.confirmed_at is not null)
  from contest.key_holder k where k.contest = phach.contest() order by k.position $$;

-- Somebody with a confirmed account and a hat here has this address: a key at it can be turned.
create function account.holds_key(c uuid, address text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from account.account a join account.hat h on h.account = a.id and h.contest = c where a.email_key = address and a.confirmed_at is not null) $$;
grant execute on function account.holds_key(uuid, text) to phach_owner, phach_slip_owner;
-- To every key holder who has an account here but the visitor: a key is to change hands, or has.
create function account.enqueue_holder_letters(a_kind text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select mail.enqueue(a.email, a.lang, a_kind, jsonb_build_object('name', a.name, 'contest_vi', r.title_vi, 'contest_en', r.title_en, 'slug', r.slug))
  from contest.key_holder k join contest.contest r on r.id = k.contest join account.account a on a.email_key = k.email_key
  where k.contest = phach.contest() and a.id <> phach.account() and exists (select from account.hat h where h.account = a.id and h.contest = k.contest) order by k.position $$;
grant execute on function account.enqueue_holder_letters(text) to phach_slip_owner;

-- To who may confirm what an organizer proposes about the results: the other organizers and the key holders.
create function account.enqueue_decision_letters() returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select mail.enqueue(a.email, a.lang, 'decision-wanted', jsonb_build_object('name', a.name, 'contest_vi', r.title_vi, 'contest_en', r.title_en, 'slug', r.slug))
  from account.account a join contest.contest r on r.id = phach.contest()
  where a.id <> phach.account() and exists (select from account.hat h where h.account = a.id and h.contest = r.id
    and (h.hat = 'organizer' or exists (select from contest.key_holder k where k.contest = r.id and k.email_key = a.email_key))) order by a.id $$;
grant execute on function account.enqueue_decision_letters() to phach_result_owner;

-- Papers await these judges: a letter to each, at most one a day, that names no number and no code. Called by the deal.
create function account.enqueue_papers_letters(c uuid, judges uuid[]) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select mail.enqueue(a.email, a.lang, 'papers-await', jsonb_build_object('name', a.name, 'contest_vi', r.title_vi, 'contest_en', r.title_en, 'slug', r.slug))
  from account.account a join contest.contest r on r.id = c
  where a.id = any(judges) and account.attempt(sha256(convert_to('papers ' || c::text || ' ' || a.id::text, 'UTF8')), 1, interval '1 day') $$;
grant execute on function account.enqueue_papers_letters(uuid, uuid[]) to phach_blind_owner;
-- A letter to every key holder who has an account here: their key is wanted. Called by the seal.
create function account.enqueue_key_letters(c uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select mail.enqueue(a.email, a.lang, 'key-wanted', jsonb_build_object('name', a.name, 'contest_vi', r.title_vi, 'contest_en', r.title_en, 'slug', r.slug))
  from contest.key_holder k join contest.contest r on r.id = k.contest join account.account a on a.email_key = k.email_key
  where k.contest = c and exists (select from account.hat h where h.account = a.id and h.contest = c) order by k.position $$;
grant execute on function account.enqueue_key_letters(uuid) to phach_blind_owner;

grant execute on function account.sign_up(jsonb), account.credentials(text), account.my_credentials(), account.open_session(uuid, text, bytea),
  account.close_session(bytea), account.close_all_sessions(), account.confirm(bytea), account.ask_confirmation(bytea, text),
  account.forgot(text, bytea, text), account.reset(bytea, text), account.create_contest(jsonb), account.invitation(bytea),
  account.redeem(bytea, jsonb), account.set_lang(text) to phach_public;
grant execute on function account.invite(jsonb), account.invite_again(uuid, bytea, text), account.cancel_invitation(uuid), account.invitations(), account.key_holders() to phach_organizer;
grant execute on function account.officials() to phach_organizer, phach_chair, phach_auditor;
reset role;
