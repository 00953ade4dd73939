-- After the cut the desk asks an author for a repaired file or text. What comes back stays on the named side until the desk takes it;
-- then it is the clean text under the same code, by crossing *amend*, with the batch.
set local role phach_named_owner;

-- What the desk asked for, and how it ended. Letters and both flags follow it.
create table named.repair(
  id uuid primary key default gen_random_uuid(), entry uuid not null references named.entry, contest uuid not null references contest.contest,
  message text not null check (length(trim(message)) between 5 and 2000),   -- what is wrong; its author reads it
  due_at timestamptz not null, clerk uuid not null references account.account, asked_at timestamptz not null default phach.now(),
  ended text check (ended in ('taken', 'unusable', 'taken-back', 'lapsed', 'entry-ended')),
  answer text not null default '' check (length(answer) <= 2000),           -- why what came cannot be used
  ended_at timestamptz, check ((ended is null) = (ended_at is null)));
create unique index repair_open_once on named.repair(entry) where ended is null;
create index repair_entry on named.repair(entry, asked_at);

-- What came back: first as it was read, for its author's own eyes; once sent it changes no more.
create table named.repaired(
  id uuid primary key,                                    -- of this reading: what is sent is what was looked at
  repair uuid not null unique references named.repair, entry uuid not null references named.entry, contest uuid not null references contest.contest,
  account uuid not null references account.account,
  storage_key text unique, file_name text check (length(file_name) <= 300), bytes int,      -- null: typed
  sha256 bytea not null check (length(sha256) = 32),      -- of the file's bytes, or of the UTF-8 text
  body text not null check (octet_length(body) between 1 and 4194304), words int not null, warnings jsonb not null default '[]',
  typed text not null default '' check (octet_length(typed) <= 4194304),                    -- what stands in the form, until it is sent
  sent_at timestamptz, check ((storage_key is null) = (file_name is null) and (storage_key is null) = (bytes is null)));
alter table named.repaired alter column body set compression lz4;
create index repaired_entry on named.repaired(entry);

do $$
declare t text;
begin
  foreach t in array array['repair', 'repaired'] loop
    execute format('alter table named.%I enable row level security', t);
    execute format('alter table named.%I force row level security', t);
    execute format('create policy own on named.%I to phach_named_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy clerk on named.repair for select to phach_clerk using (contest = (select phach.contest()));
create policy contestant on named.repair for select to phach_contestant using (
  exists (select from named.entry e where e.id = entry and e.account = (select phach.account())));
create policy clerk on named.repaired for select to phach_clerk using (contest = (select phach.contest()) and sent_at is not null);
create policy contestant on named.repaired for select to phach_contestant using (account = (select phach.account()));
grant select (id, entry, contest, message, due_at, asked_at, ended, answer, ended_at) on named.repair to phach_clerk, phach_contestant;
grant select (id, repair, entry, contest, storage_key, file_name, bytes, sha256, body, words, warnings, sent_at) on named.repaired to phach_clerk;
grant select (id, repair, entry, contest, account, storage_key, file_name, bytes, sha256, body, words, warnings, typed, sent_at) on named.repaired to phach_contestant;

-- Whoever asks again after the day is over, or whose entry ends, has nobody to tell.
create function named.end_repair(e named.entry, r named.repair, how text, why text) returns void
language plpgsql as $$
begin
  update named.repair set ended = how, ended_at = phach.now(), answer = why where id = r.id;
  perform named.lower_flag(e.id, 'repair-asked'), named.lower_flag(e.id, 'repair-came');
  perform record.note(e.contest, 'end_repair', e.id::text, jsonb_build_object('answer', how)
    || case when why = '' then '{}' else jsonb_build_object('reason', record.mute('entry ' || e.id::text, why)) end);
  if how in ('taken', 'unusable', 'taken-back') then perform named.tell(e, 'repair-' || how); end if;
end $$;
-- An entry that is struck out or withdrawn is asked for nothing any more.
create function named.end_repair_with_entry() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform named.end_repair(new, r, 'entry-ended', '') from named.repair r where r.entry = new.id and r.ended is null;
  return null;
end $$;
create trigger end_repair after update of state on named.entry for each row
  when (new.cut and old.state = 'valid' and new.state <> 'valid') execute function named.end_repair_with_entry();

-- The desk asks. A request whose day is over without an answer gives way to a new one.
create function named.ask_repair(of_entry uuid, why text, days int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry); r named.repair; until timestamptz;
begin
  if slip.is_sealed(e.contest) then perform phach.refuse('sealed_amendment'); end if;
  if e.account is null then perform phach.refuse('repair_unclaimed'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 2000 then perform phach.refuse('repair_message'); end if;
  if coalesce(days, 0) not between 1 and 30 then perform phach.refuse('repair_days'); end if;
  select * into r from named.repair where entry = e.id and ended is null for update;
  if found then
    if phach.now() < r.due_at or exists (select from named.repaired x where x.repair = r.id and x.sent_at is not null) then perform phach.refuse('repair_open'); end if;
    perform named.end_repair(e, r, 'lapsed', '');
  end if;
  until := phach.now() + make_interval(days => days);
  insert into named.repair(entry, contest, message, due_at, clerk) values (e.id, e.contest, trim(why), until, phach.account());
  perform named.raise_flag(e.id, 'repair-asked');
  perform record.note(e.contest, 'ask_repair', e.id::text, jsonb_build_object('until', until, 'reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.tell(e, 'repair-asked', jsonb_build_object('until', until));
end $$;

-- The open request of the own entry, both locked, while it can still be answered.
create function named.hold_own_repair(of_entry uuid, of_repair uuid) returns named.repair
language plpgsql as $$
declare r named.repair;
begin
  perform from named.entry where id = of_entry and account = phach.account() and contest = phach.contest();
  if not found then perform phach.refuse('enter_not_found'); end if;
  perform named.hold_cut(of_entry);
  select * into r from named.repair where entry = of_entry and ended is null for update;
  if r.id is null or r.id is distinct from of_repair then perform phach.refuse('repair_gone'); end if;
  if exists (select from named.repaired x where x.repair = r.id and x.sent_at is not null) then perform phach.refuse('repair_sent'); end if;
  if phach.now() >= r.due_at then perform phach.refuse('repair_late'); end if;
  if slip.is_sealed(r.contest) then perform phach.refuse('repair_sealed'); end if;
  return r;
end $$;
-- Whether the own entry's request can be answered now: the page's own question.
create function named.may_repair(of_entry uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from named.repair r join named.entry e on e.id = r.entry where e.id = of_entry and e.account = phach.account() and e.contest = phach.contest()
    and e.cut and e.state = 'valid' and r.ended is null and phach.now() < r.due_at and not slip.is_sealed(r.contest)
    and not exists (select from named.repaired x where x.repair = r.id and x.sent_at is not null));
end $$;
-- What was read or typed, for its author to look at. s: body, words, warnings, typed, file {storage_key, file_name, bytes, sha256}.
create function named.keep_repaired(of_entry uuid, of_repair uuid, new_id uuid, s jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare r named.repair := named.hold_own_repair(of_entry, of_repair); f jsonb := nullif(s -> 'file', 'null');
begin
  delete from named.repaired where repair = r.id;   -- what was looked at before; its file stays in the store, nobody's
  insert into named.repaired(id, repair, entry, contest, account, storage_key, file_name, bytes, sha256, body, words, warnings, typed)
    values (new_id, r.id, r.entry, r.contest, phach.account(), f->>'storage_key', f->>'file_name', (f->>'bytes')::int,
      coalesce(decode(f->>'sha256', 'hex'), sha256(convert_to(s->>'body', 'UTF8'))), s->>'body', (s->>'words')::int, s->'warnings', s->>'typed');
end $$;
-- What was looked at is sent, once and for all; the same a second time is a second press.
create function named.send_repaired(of_entry uuid, of_repaired uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare x named.repaired; r named.repair;
begin
  select * into x from named.repaired where id = of_repaired and entry = of_entry and account = phach.account() and contest = phach.contest();
  if x.sent_at is not null then return; end if;
  r := named.hold_own_repair(of_entry, (select o.id from named.repair o where o.entry = of_entry and o.ended is null));
  select * into x from named.repaired where repair = r.id for update;
  if x.id is null or x.id is distinct from of_repaired then perform phach.refuse('repair_newer'); end if;
  if x.body = (select t.body from named.clean_text(of_entry) t) then perform phach.refuse('repair_same'); end if;
  update named.repaired set sent_at = phach.now(), typed = '' where id = x.id;
  perform named.lower_flag(of_entry, 'repair-asked'), named.raise_flag(of_entry, 'repair-came');
  perform record.note(r.contest, 'send_repaired', of_entry::text, jsonb_build_object('sha256', record.mute('entry ' || of_entry::text, encode(x.sha256, 'hex'))));
end $$;

-- The request that the desk decides on, with what came (null: nothing has to have come).
create function named.hold_asked(e named.entry, of_repair uuid, of_repaired uuid) returns named.repair
language plpgsql as $$
declare r named.repair; came uuid;
begin
  select * into r from named.repair where entry = e.id and id = of_repair and ended is null for update;
  select x.id into came from named.repaired x where x.repair = r.id and x.sent_at is not null;
  if r.id is null or came is distinct from of_repaired then perform phach.refuse('repair_decided'); end if;
  return r;
end $$;
create function named.take_back_repair(of_entry uuid, of_repair uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  perform named.end_repair(e, named.hold_asked(e, of_repair, null), 'taken-back', '');
end $$;
-- `seen`: how many amendments the page showed. Title and all other fields stay as they are.
create function named.take_repaired(of_entry uuid, of_repair uuid, of_repaired uuid, seen int, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry); r named.repair;
begin
  if of_repaired is null then perform phach.refuse('repair_decided'); end if;
  r := named.hold_asked(e, of_repair, of_repaired);
  perform named.set_text(e, seen, 'repaired', t.title, x.body, why) from named.clean_text(e.id) t, named.repaired x where x.id = of_repaired;
  perform named.end_repair(e, r, 'taken', '');
end $$;
create function named.decline_repaired(of_entry uuid, of_repair uuid, of_repaired uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  if of_repaired is null then perform phach.refuse('repair_decided'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 2000 then perform phach.refuse('repair_answer'); end if;
  perform named.end_repair(e, named.hold_asked(e, of_repair, of_repaired), 'unusable', trim(why));
end $$;

grant execute on function named.ask_repair(uuid, text, int), named.take_back_repair(uuid, uuid), named.take_repaired(uuid, uuid, uuid, int, text),
  named.decline_repaired(uuid, uuid, uuid, text) to phach_clerk;
grant execute on function named.may_repair(uuid), named.keep_repaired(uuid, uuid, uuid, jsonb), named.send_repaired(uuid, uuid) to phach_contestant;
reset role;
