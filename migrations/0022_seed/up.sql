-- The seed of an assignment is made inside the database before there is anything to deal; until then only its hash is known.
set local role phach_blind_owner;
create table blind.seed(
  contest uuid not null references contest.contest, n int not null check (n > 0),
  seed bytea not null check (length(seed) = 32), sha256 bytea not null check (length(sha256) = 32),
  taken boolean not null default false,                   -- an assignment has it
  primary key (contest, n));
alter table blind.deal add constraint deal_seed foreign key (contest, seed) references blind.seed, add constraint deal_seed_once unique (contest, seed);
-- What an assignment gave and a later act took back for good: for the replay.
create table blind.assignment_past(
  judge uuid not null, paper text not null, contest uuid not null, deal uuid);
create index assignment_past_deal on blind.assignment_past(deal);
create index assignment_deal on blind.assignment(deal);
do $$
declare t text;
begin
  foreach t in array array['seed', 'assignment_past'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy board on blind.seed for select to phach_chair, phach_dealer, phach_auditor using (contest = (select phach.contest()));
grant select (contest, n, sha256) on blind.seed to phach_chair, phach_dealer, phach_auditor;

-- 244 random bits under the hash; in the record at once.
create function blind.make_seed(c uuid) returns void
language plpgsql as $$
declare s bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())); next int;
begin
  select coalesce(max(n), 0) + 1 into next from blind.seed where contest = c;
  insert into blind.seed(contest, n, seed, sha256) values (c, next, s, sha256(s));
  perform record.note(c, 'make_seed', c::text, jsonb_build_object('n', next, 'seed', encode(sha256(s), 'hex')));
end $$;
create function blind.next_seed(c uuid) returns blind.seed
language plpgsql stable as $$
declare s blind.seed;
begin
  select * into strict s from blind.seed where contest = c order by n desc limit 1;
  return s;
end $$;
-- With a contest's first papers comes its first seed, with each assignment the next.
create function blind.first_seed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid;
begin
  for c in select distinct f.contest from fresh f where not exists (select from blind.seed s where s.contest = f.contest) loop
    perform pg_advisory_xact_lock(hashtextextended('seed ' || c::text, 0));
    if not exists (select from blind.seed where contest = c) then perform blind.make_seed(c); end if;
  end loop;
  return null;
end $$;
create trigger first_seed after insert on blind.paper referencing new table as fresh for each statement execute function blind.first_seed();

-- The seed leaves its table only in a transaction that deals by it: else that transaction fails.
create function blind.take_seed() returns bytea
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s bytea; c uuid := phach.contest();
begin
  if not exists (select from blind.batch b where b.contest = c and b.tx = pg_current_xact_id()) then raise exception 'a seed outside a batch'; end if;
  update blind.seed x set taken = true where x.contest = c and x.n = (select max(y.n) from blind.seed y where y.contest = c) returning x.seed into strict s;
  return s;
end $$;
create function blind.taken_is_dealt() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from blind.deal d where d.contest = new.contest and d.seed = new.n) then raise exception 'a seed was taken and nothing dealt'; end if;
  return null;
end $$;
create constraint trigger taken_is_dealt after update on blind.seed deferrable initially deferred for each row
  when (new.taken and not old.taken) execute function blind.taken_is_dealt();

create function blind.keep_past() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into blind.assignment_past(judge, paper, contest, deal) values (old.judge, old.paper, old.contest, old.deal);
  return null;
end $$;
create trigger keep_past after delete on blind.assignment for each row execute function blind.keep_past();

-- The replay, for the assignment's own hat: what a finished assignment started from, and whether these pairs are the ones it gave.
create function blind.deal_to_replay(of_deal uuid) returns table(seed bytea, input text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select s.seed, d.input from blind.deal d join blind.seed s on s.contest = d.contest and s.n = d.seed
    where d.id = of_deal and d.contest = phach.contest() and s.sha256 = sha256(s.seed) and d.input_sha256 = sha256(s.seed || convert_to(d.input, 'UTF8'));
end $$;
-- taken: what it took from other judges for them.
create function blind.is_dealt(of_deal uuid, pairs jsonb, taken jsonb) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return not exists (
    with drawn as (select x.judge, x.paper from jsonb_to_recordset(pairs) as x(judge uuid, paper text)),
    stored as (select a.judge, a.paper from blind.assignment a where a.deal = of_deal and a.contest = phach.contest()
      union all select o.judge, o.paper from blind.assignment_past o where o.deal = of_deal and o.contest = phach.contest())
    (select * from drawn except all select * from stored) union all (select * from stored except all select * from drawn))
  and not exists (
    with drawn as (select x.judge, x.paper from jsonb_to_recordset(taken) as x(judge uuid, paper text)),
    stored as (select a.judge, a.paper from blind.assignment a where a.shared = of_deal and a.contest = phach.contest() and a.state = 'recused' and a.moved)
    (select * from drawn except all select * from stored) union all (select * from stored except all select * from drawn));
end $$;
create function blind.deals() returns table(deal uuid, at timestamptz, seed_sha256 bytea, input_sha256 bytea, pairs int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select d.id, d.at, s.sha256, d.input_sha256, d.dealt from blind.deal d join blind.seed s on s.contest = d.contest and s.n = d.seed
    where d.contest = phach.contest() order by d.seed;
end $$;
-- Readings that no assignment gave; there are none.
create function blind.pairs_beside() returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select count(*) from blind.assignment a where a.contest = phach.contest()
    and not exists (select from blind.deal d where d.id = a.deal and d.contest = a.contest));
end $$;
grant execute on function blind.take_seed(), blind.deal_to_replay(uuid), blind.is_dealt(uuid, jsonb, jsonb), blind.deals(), blind.pairs_beside() to phach_dealer;
reset role;
