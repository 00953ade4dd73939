-- The outbox. A letter is written in the transaction of the decision it tells of; the worker sends it afterwards.
set local role phach_mail_owner;

create table mail.letter(
  id uuid primary key default gen_random_uuid(),      -- also its Message-ID, so a second delivery is recognised
  number bigint generated always as identity,         -- the order of writing, also within one transaction
  to_address text not null check (to_address !~ '[[:cntrl:]]' and length(to_address) between 3 and 254),
  lang text not null check (lang in ('vi', 'en')),
  kind text not null check (kind ~ '^[a-z-]{3,40}$'),
  params jsonb not null,                              -- what the letter's template prints; {} once wiped
  created_at timestamptz not null default phach.now(),
  available_at timestamptz not null default phach.now(),
  attempts int not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  noticed_at timestamptz,                             -- of a letter given up: when the desk was told
  last_error text,
  wiped_at timestamptz);
create index letter_due on mail.letter(available_at) where sent_at is null and failed_at is null;
create index letter_failed on mail.letter(failed_at) where failed_at is not null and noticed_at is null;
create index letter_unwiped on mail.letter(created_at) where wiped_at is null;

alter table mail.letter enable row level security; alter table mail.letter force row level security;
create policy own_add on mail.letter for insert to phach_mail_owner with check (true);
create policy worker on mail.letter to phach_worker using (true) with check (true);

grant usage on schema mail to phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader, phach_organizer, phach_chair,
  phach_account_owner, phach_named_owner, phach_slip_owner, phach_result_owner;
grant select (id, number, to_address, lang, kind, params, created_at, available_at, attempts, sent_at, failed_at, wiped_at) on mail.letter to phach_worker;
grant update (params, available_at, attempts, sent_at, failed_at, last_error, wiped_at, to_address) on mail.letter to phach_worker;

create function mail.enqueue(to_address text, lang text, kind text, params jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into mail.letter(to_address, lang, kind, params) values (to_address, lang, kind, params);
end $$;
grant execute on function mail.enqueue(text, text, text, jsonb) to phach_contestant, phach_clerk, phach_reader,
  phach_account_owner, phach_named_owner, phach_slip_owner, phach_result_owner;
reset role;
