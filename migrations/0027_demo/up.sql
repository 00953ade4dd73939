-- The demonstration: a mark that only an empty database can get and that nobody takes off, and the two side doors that stand open
-- with it alone: signing in by one press, letters on a page (docs/decisions/0013).
set local role phach_account_owner;
-- Nobody has an account, and nobody gets one before this transaction ends.
create function account.nobody() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table account.account in share row exclusive mode;
  return not exists (select from account.account);
end $$;
grant execute on function account.nobody() to phach_owner;
reset role;
set local role phach_named_owner;
create function named.nothing() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (select from named.entry);
end $$;
grant execute on function named.nothing() to phach_owner;
reset role;

set local role phach_owner;
create table phach.demonstration(one boolean primary key default true check (one), at timestamptz not null default phach.now());
alter table phach.demonstration enable row level security; alter table phach.demonstration force row level security;
create policy own on phach.demonstration to phach_owner using (true) with check (true);

-- Asked by each of the helpers, whoever calls it.
create function phach.is_demonstration() returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from phach.demonstration);
end $$;
grant execute on function phach.is_demonstration() to phach_public, phach_account_owner, phach_mail_owner;

-- For whoever writes it, an administrator too.
create function phach.hold_demonstration() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then raise exception 'a demonstration stays one'; end if;
  if not account.nobody() or exists (select from contest.contest) or not named.nothing() then
    raise exception 'only an empty database becomes a demonstration';
  end if;
  perform record.note(null, 'mark_demonstration', 'installation', '{}');
  return null;
end $$;
create trigger hold after insert on phach.demonstration for each row execute function phach.hold_demonstration();
create trigger hold_always before update or delete or truncate on phach.demonstration for each statement execute function phach.hold_demonstration();
reset role;

set local role phach_account_owner;
-- Whom one press signs in, in the order of the list; `place`: the address where their work is.
create table account.stand_in(
  account uuid primary key references account.account on delete cascade, position int not null unique,
  hat text not null check (hat in ('contestant', 'clerk', 'judge', 'chair', 'organizer', 'auditor')), place text not null check (place ~ '^/[^/]'));
alter table account.stand_in enable row level security; alter table account.stand_in force row level security;
create policy own on account.stand_in to phach_account_owner using (true) with check (true);
create function account.stand_ins() returns table(id uuid, name text, hat text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not phach.is_demonstration() then return; end if;
  return query select a.id, a.name, s.hat from account.stand_in s join account.account a on a.id = s.account order by s.position;
end $$;
-- A session without a password, for one of the list; where that person's work is.
create function account.sign_in_as(who uuid, key bytea) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s account.stand_in;
begin
  if not phach.is_demonstration() then perform phach.refuse('enter_not_found'); end if;
  select * into s from account.stand_in x where x.account = who;
  if not found then perform phach.refuse('enter_not_found'); end if;
  insert into account.session(key_hash, account) values (key, s.account);
  return s.place;
end $$;
grant execute on function account.stand_ins(), account.sign_in_as(uuid, bytea) to phach_public;
reset role;

set local role phach_mail_owner;
create policy own_demonstration on mail.letter for select to phach_mail_owner using ((select phach.is_demonstration()));
-- The newest letters, to all or to one address, from a place on.
create function mail.shown(an_address text, below timestamptz, below_number bigint, at_most int)
returns table(id uuid, number bigint, created_at timestamptz, to_address text, lang text, kind text, params jsonb)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not phach.is_demonstration() then perform phach.refuse('enter_not_found'); end if;
  return query select l.id, l.number, l.created_at, l.to_address, l.lang, l.kind, l.params from mail.letter l
    where (an_address = '' or l.to_address = an_address) and (l.created_at, l.number) < (below, below_number)
    order by l.created_at desc, l.number desc limit least(at_most, 100);
end $$;
grant execute on function mail.shown(text, timestamptz, bigint, int) to phach_public;
reset role;
