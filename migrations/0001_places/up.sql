-- The places, their owners and the hats. Roles belong to the server, not to this database: created when absent,
-- never dropped. Several databases of one server may run this at the same moment and advisory locks are per
-- database, so the only safe form is "try, and forgive the loser".
do $$
declare r text;
begin
  foreach r in array array[
    'phach_public', 'phach_contestant', 'phach_clerk', 'phach_worker', 'phach_reader',              -- named side
    'phach_judge', 'phach_chair', 'phach_dealer', 'phach_organizer', 'phach_auditor',               -- blind side
    'phach_owner', 'phach_account_owner', 'phach_mail_owner', 'phach_record_owner', 'phach_named_owner',
    'phach_blind_owner', 'phach_slip_owner', 'phach_result_owner'] loop
    begin
      execute format('create role %I nologin noinherit', r);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
  -- An administrator without superuser must hold the owners to create things in their names. On 16 and later the
  -- creator of a role is a "member" without SET: so grant without asking first.
  foreach r in array array['phach_owner', 'phach_account_owner', 'phach_mail_owner', 'phach_record_owner',
    'phach_named_owner', 'phach_blind_owner', 'phach_slip_owner', 'phach_result_owner'] loop
    if not (select rolsuper from pg_roles where rolname = current_user) then
      begin
        execute format('grant %I to current_user', r);
      exception when unique_violation then null;
      end;
    end if;
  end loop;
end $$;

create schema phach   authorization phach_owner;
create schema contest authorization phach_owner;
create schema account authorization phach_account_owner;
create schema mail    authorization phach_mail_owner;
create schema record  authorization phach_record_owner;
create schema named   authorization phach_named_owner;
create schema blind   authorization phach_blind_owner;
create schema slip    authorization phach_slip_owner;
create schema result  authorization phach_result_owner;

-- Per role, not per schema: "in schema … revoke" does nothing.
alter default privileges for role phach_owner, phach_account_owner, phach_mail_owner, phach_record_owner,
  phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner revoke execute on functions from public;

set local role phach_owner;

grant usage on schema phach, contest to
  phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader,
  phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor,
  phach_account_owner, phach_mail_owner, phach_record_owner, phach_named_owner, phach_blind_owner, phach_slip_owner,
  phach_result_owner;

-- The one clock for every deadline. It reads no setting, so no session can bend it; tests replace the function.
create function phach.now() returns timestamptz language sql stable parallel safe as 'select now()';

-- Who wears the hat and in which contest: set by account.enter, read by the policies. '' after a transaction ends.
create function phach.account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('phach.account', true), '')::uuid $$;
create function phach.contest() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('phach.contest', true), '')::uuid $$;

-- Accent-blind key for search: Unicode decomposed, marks dropped, đ (which does not decompose) mapped by hand.
create function phach.fold(t text) returns text language sql immutable parallel safe strict
  as $$ select trim(regexp_replace(translate(regexp_replace(normalize(lower(t), NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'), '\s+', ' ', 'g')) $$;

-- A random word of n letters out of 32 (no 0 O 1 I): 5 bits a letter, from the server's strong random.
create function phach.random_word(n int) returns text language plpgsql volatile parallel safe as $$
declare b bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())); word text := '';
begin
  for i in 0 .. n - 1 loop word := word || substr('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 1 + (get_byte(b, i) & 31), 1); end loop;
  return word;
end $$;

-- Refuses with a name that the program maps to a sentence.
create function phach.refuse(why text) returns void language plpgsql as $$
begin
  raise exception 'refused: %', why using errcode = 'P0001', constraint = why;
end $$;

grant execute on function phach.now(), phach.account(), phach.contest(), phach.fold(text), phach.random_word(int),
  phach.refuse(text) to
  phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader,
  phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor,
  phach_account_owner, phach_mail_owner, phach_record_owner, phach_named_owner, phach_blind_owner, phach_slip_owner,
  phach_result_owner;
reset role;
