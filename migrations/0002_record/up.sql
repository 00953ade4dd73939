-- The record: what happened, by whom, under which hat. Events are only added; the worker chains them in batches, so
-- that two submissions never wait for one another.
set local role phach_record_owner;

create table record.event(
  id bigint generated always as identity primary key,
  contest uuid,                       -- null: about an account or the installation
  at timestamptz not null default phach.now(),
  actor uuid,                         -- null: the program itself
  hat text not null,
  verb text not null check (verb ~ '^[a-z_]{3,40}$'),
  subject text not null,              -- an id of the event's own side, never of the other
  content jsonb not null);
create index event_contest on record.event(contest, id);

-- One link an event, in the order of chaining. hash = SHA-256(previous hash || canonical event).
create table record.link(
  position bigint primary key check (position > 0),
  event bigint not null unique references record.event,
  hash bytea not null check (length(hash) = 32));

-- Personal data enters an event only as SHA-256(salt || value); deleting the salt makes the event mute, not false.
create table record.salt(subject text primary key, salt bytea not null check (length(salt) = 32));

alter table record.event enable row level security; alter table record.event force row level security;
alter table record.link enable row level security;  alter table record.link force row level security;
alter table record.salt enable row level security;  alter table record.salt force row level security;
create policy own_add on record.event for insert to phach_record_owner with check (true);
create policy own_salt on record.salt to phach_record_owner using (true) with check (true);
create policy auditor_reads on record.event for select to phach_auditor using (contest = (select phach.contest()));
create policy auditor_reads on record.link for select to phach_auditor using (
  exists (select from record.event e where e.id = link.event));
create policy worker_reads on record.event for select to phach_worker using (true);
create policy worker_reads on record.link for select to phach_worker using (true);
create policy worker_adds on record.link for insert to phach_worker with check (true);

grant usage on schema record to phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader, phach_judge, phach_chair,
  phach_dealer, phach_organizer, phach_auditor, phach_owner, phach_account_owner, phach_named_owner, phach_blind_owner, phach_slip_owner,
  phach_result_owner;
grant select (id, contest, at, actor, hat, verb, subject, content) on record.event to phach_auditor, phach_worker;
grant select (position, event, hash) on record.link to phach_auditor, phach_worker;
grant insert (position, event, hash) on record.link to phach_worker;

create function record.note(in_contest uuid, a_verb text, a_subject text, a_content jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare worn text := current_setting('role');
begin
  insert into record.event(contest, actor, hat, verb, subject, content)
  values (in_contest, phach.account(), case when worn like 'phach\_%' then substr(worn, 7) else 'program' end,
          a_verb, a_subject, a_content);
end $$;

-- Several values of one subject, in their order.
create function record.mute_all(a_subject text, a_values text[]) returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s bytea; v text; muted text[] := '{}';
begin
  insert into record.salt(subject, salt)
  values (a_subject, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) on conflict do nothing returning salt into s;
  if s is null then select salt into strict s from record.salt where subject = a_subject; end if;
  foreach v in array a_values loop
    muted := muted || encode(sha256(s || convert_to(coalesce(v, ''), 'UTF8')), 'hex');
  end loop;
  return muted;
end $$;
create function record.mute(a_subject text, value text) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (record.mute_all(a_subject, array[value]))[1];
end $$;

grant execute on function record.note(uuid, text, text, jsonb) to phach_public, phach_contestant, phach_clerk,
  phach_worker, phach_reader, phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor, phach_owner, phach_account_owner,
  phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner;
grant execute on function record.mute_all(text, text[]) to phach_named_owner;
grant execute on function record.mute(text, text) to phach_account_owner, phach_named_owner, phach_slip_owner, phach_owner;

-- The head of the last whole day (UTC): what every page's footer shows. No live counter.
create function record.daily_head() returns table(day date, hash bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (e.at at time zone 'UTC')::date, l.hash from record.link l join record.event e on e.id = l.event
  where e.at < date_trunc('day', phach.now() at time zone 'UTC') at time zone 'UTC'
  order by l.position desc limit 1 $$;
create policy own_reads on record.event for select to phach_record_owner using (true);
create policy own_reads on record.link for select to phach_record_owner using (true);
grant execute on function record.daily_head() to phach_public, phach_worker;
reset role;
