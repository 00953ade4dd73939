-- Whose turn it is: a letter to whoever has the next step, each once, and two facts for the organizer's first page.
set local role phach_account_owner;
-- Which of these letters a contest has had. A row goes where the step is to be taken once more: another cut, a round re-opened.
create table account.turn_told(
  contest uuid not null references contest.contest, kind text not null check (kind ~ '^turn-[a-z]+$'),
  at timestamptz not null default phach.now(), primary key (contest, kind));
alter table account.turn_told enable row level security; alter table account.turn_told force row level security;
create policy own on account.turn_told to phach_account_owner using (true) with check (true);

-- To everybody who wears that hat here, but whoever took the step before. A letter names the contest and nothing in it.
create function account.tell_turn(c uuid, a_hat text, a_kind text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into account.turn_told(contest, kind) values (c, a_kind) on conflict do nothing;
  if not found then return; end if;
  perform mail.enqueue(a.email, a.lang, a_kind, jsonb_build_object('name', a.name, 'contest_vi', k.title_vi, 'contest_en', k.title_en, 'slug', k.slug))
    from account.hat h join account.account a on a.id = h.account join contest.contest k on k.id = c
    where h.contest = c and h.hat = a_hat and a.id is distinct from phach.account() order by a.id;
end $$;
create function account.forget_turns(c uuid, kinds text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from account.turn_told t where t.contest = c and t.kind = any(kinds);
end $$;
create function account.is_told(c uuid, a_kind text) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from account.turn_told t where t.contest = c and t.kind = a_kind);
end $$;
-- One key was turned: the other holders have until then.
create function account.tell_second_key(c uuid, turned uuid, until timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform mail.enqueue(a.email, a.lang, 'turn-key', jsonb_build_object('name', a.name, 'contest_vi', r.title_vi, 'contest_en', r.title_en, 'slug', r.slug,
      'until', until, 'timezone', r.timezone))
    from contest.key_holder k join contest.contest r on r.id = k.contest join account.account a on a.email_key = k.email_key
    where k.contest = c and k.id <> turned and a.id is distinct from phach.account()
      and exists (select from account.hat h where h.account = a.id and h.contest = c) order by k.position;
end $$;
grant execute on function account.tell_turn(uuid, text, text), account.forget_turns(uuid, text[]) to phach_slip_owner, phach_blind_owner;
grant execute on function account.is_told(uuid, text) to phach_blind_owner;
grant execute on function account.tell_second_key(uuid, uuid, timestamptz) to phach_slip_owner;
reset role;

set local role phach_slip_owner;
-- Papers have come: the chair deals them. Said again only of papers that come after an assignment.
create function slip.tell_cut() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := (select k.contest from contest.category k where k.id = new.category);
begin
  perform account.forget_turns(c, array['turn-close']);
  perform account.tell_turn(c, 'chair', 'turn-deal');
  return null;
end $$;
create trigger tell_turn after insert on slip.cut_made for each row execute function slip.tell_cut();
-- The first of two keys: what was turned within the half hour before opened, or was told. A key that rests since counts for nothing.
create function slip.tell_key() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from slip.key_turn t where t.contest = new.contest and t.at < new.at and t.at > new.at - interval '30 minutes'
      and slip.rests_until(t.account) is null) then
    perform account.tell_second_key(new.contest, new.holder, new.at + interval '30 minutes');
  end if;
  return null;
end $$;
create trigger tell_turn after insert on slip.key_turn for each row execute function slip.tell_key();
create function slip.tell_opening() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform account.tell_turn(new.contest, 'organizer', 'turn-publish');
  return null;
end $$;
create trigger tell_turn after insert on slip.opening for each row execute function slip.tell_opening();
-- Until when the one key that is turned waits for a second; null where none is, or the slips are open.
create function slip.first_key_until() returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select max(t.at) + interval '30 minutes' from slip.key_turn t where t.contest = phach.contest() and t.at > phach.now() - interval '30 minutes'
    and slip.rests_until(t.account) is null and not exists (select from slip.opening o where o.contest = t.contest));
end $$;
grant execute on function slip.first_key_until() to phach_organizer;
reset role;

set local role phach_blind_owner;
create function blind.tell_dealt() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform account.forget_turns(new.contest, array['turn-deal']);
  return null;
end $$;
create trigger tell_turn after insert on blind.deal for each row execute function blind.tell_dealt();
create function blind.tell_closing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    perform account.forget_turns(old.contest, array['turn-close', 'turn-seal']);
  else
    perform account.tell_turn(new.contest, 'organizer', 'turn-seal');
  end if;
  return null;
end $$;
create trigger tell_turn after insert or delete on blind.closing for each row execute function blind.tell_closing();
-- Rounds that their chair could close now and was not told of: asked for every minute, so that no mark sheet has to count the others.
create function blind.tell_marked() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid; n int := 0;
begin
  for c in select k.id from contest.contest k where exists (select from blind.assignment a where a.contest = k.id)
      and not exists (select from blind.closing z where z.contest = k.id) and not account.is_told(k.id, 'turn-close')
      and not exists (select from blind.paper p where p.contest = k.id and not p.retired and (cardinality(p.marks) < p.wanted or p.third_wanted or p.new_text)) loop
    if slip.moves_waiting(c, null) = 0 and not slip.cut_waits(c) then
      perform account.tell_turn(c, 'chair', 'turn-close');
      n := n + 1;
    end if;
  end loop;
  return n;
end $$;
grant execute on function blind.tell_marked() to phach_dealer;
-- Judges who have not said yet whose papers they must not read. Of those the organizer knows by name (blind.judges) how many.
create function blind.undeclared() returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select count(*)::int from account.hat h where h.contest = phach.contest() and h.hat = 'judge'
    and not exists (select from blind.declaration d where d.contest = h.contest and d.judge = h.account)
    and not exists (select from blind.withdrawal w where w.contest = h.contest and w.judge = h.account));
end $$;
grant execute on function blind.undeclared() to phach_organizer;
reset role;

-- What minutes are complete with: rank and mark of each place, and how ties over a prize line were answered (as 0007 and 0019 but for these).
set local role phach_blind_owner;
create or replace function blind.seal_facts(c uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('sealed_at', s.at, 'organizer', s.organizer, 'sha256', encode(s.sha256, 'hex'), 'closed_at', z.at, 'chair', z.chair,
    'papers', (select count(*) from blind.standing t where t.contest = c), 'unread', (select count(*) from blind.standing t where t.contest = c and t.mark is null),
    'places', (select coalesce(jsonb_agg(jsonb_build_object('ranking_group', t.ranking_group, 'code', p.code, 'prize', p.prize, 'reserve', p.reserve, 'rank', t.rank, 'mark', t.mark)
        order by t.place), '[]')
      from blind.proposal p join blind.standing t on t.contest = p.contest and t.code = p.code where p.contest = c),
    'ties', (select coalesce(jsonb_agg(jsonb_build_object('ranking_group', x.ranking_group, 'level', x.level, 'mark', x.mark, 'answer', x.answer, 'reason', x.reason) order by x.at, x.level), '[]')
      from (select t.ranking_group, t.level, t.mark, t.answer, t.reason, t.at from blind.tie_answer t where t.contest = c
        union all select e.ranking_group, e.level, e.mark, 'another', e.reason, e.at from blind.extra_reading e where e.contest = c) x))
  from blind.seal s join blind.closing z on z.contest = s.contest where s.contest = c $$;
reset role;

set local role phach_slip_owner;
-- A holder may be an official of the named side: marks, as the hash, stand on the signed paper alone until the slips are open.
create or replace function slip.seal_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); reader text := slip.minutes_reader(); f jsonb;
begin
  if reader is null then return null; end if;
  f := blind.seal_facts(c);
  if f is null then return null; end if;
  if reader = 'holder' and not slip.is_open(c) then
    f := f || jsonb_build_object('ties', '[]'::jsonb, 'sha256', null,
      'places', (select coalesce(jsonb_agg(x.place - 'mark' order by x.n), '[]') from jsonb_array_elements(f->'places') with ordinality x(place, n)));
  end if;
  return (f - 'organizer' - 'chair') || jsonb_build_object('reader', reader,
    'organizer', (select a.name from account.account a where a.id = (f->>'organizer')::uuid), 'chair', (select a.name from account.account a where a.id = (f->>'chair')::uuid),
    'holders', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name) order by k.position)
      from contest.key_holder k left join account.account a on a.email_key = k.email_key where k.contest = c));
end $$;
create or replace function slip.opening_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); o slip.opening; places jsonb := blind.seal_facts(c)->'places';
begin
  if coalesce(slip.minutes_reader(), 'auditor') = 'auditor' then return null; end if;
  select * into o from slip.opening where contest = c;
  if not found then return null; end if;
  return jsonb_build_object('opened_at', o.at, 'sha256', (select encode(s.sha256, 'hex') from blind.seal s where s.contest = c),
    'closed', (select count(*) from slip.pair x join blind.paper p on p.code = x.paper where p.contest = c and not exists (select from slip.opened_first(c) f where f = x.paper)),
    'keys', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name, 'at', t.at) order by t.at, t.account = o.second_key)
      from (select distinct on (x.account) x.account, x.holder, x.at from slip.key_turn x where x.contest = c and x.account in (o.first_key, o.second_key) and x.at <= o.at order by x.account, x.at desc) t
      join contest.key_holder k on k.id = t.holder join account.account a on a.id = t.account),
    'winners', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'prize', r.prize, 'category', r.category, 'unit', r.unit, 'number', r.number, 'title', r.title, 'authors', r.authors,
        'rank', s.rank, 'mark', s.mark) order by s.rank, r.code), '[]')
      from result.opened r left join jsonb_to_recordset(places) s(code text, rank int, mark int) on s.code = r.code
      where r.contest = c and r.code in (select slip.opened_first(c))));
end $$;
reset role;

set local role phach_record_owner;
-- As before (0002), but what was left empty stays empty: its hash would look like something that was written.
create or replace function record.mute_all(a_subject text, a_values text[]) returns text[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare s bytea; v text; muted text[] := '{}';
begin
  insert into record.salt(subject, salt)
  values (a_subject, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))) on conflict do nothing returning salt into s;
  if s is null then select salt into strict s from record.salt where subject = a_subject; end if;
  foreach v in array a_values loop
    muted := muted || case when coalesce(v, '') = '' then '' else encode(sha256(s || convert_to(v, 'UTF8')), 'hex') end;
  end loop;
  return muted;
end $$;
reset role;
