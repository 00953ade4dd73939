set local role phach_blind_owner;
create or replace function blind.seal_facts(c uuid) returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object('sealed_at', s.at, 'organizer', s.organizer, 'sha256', encode(s.sha256, 'hex'), 'closed_at', z.at, 'chair', z.chair,
    'papers', (select count(*) from blind.standing t where t.contest = c), 'unread', (select count(*) from blind.standing t where t.contest = c and t.mark is null),
    'places', (select coalesce(jsonb_agg(jsonb_build_object('ranking_group', t.ranking_group, 'code', p.code, 'prize', p.prize, 'reserve', p.reserve) order by t.place), '[]')
      from blind.proposal p join blind.standing t on t.contest = p.contest and t.code = p.code where p.contest = c))
  from blind.seal s join blind.closing z on z.contest = s.contest where s.contest = c $$;
drop trigger tell_turn on blind.deal;
drop trigger tell_turn on blind.closing;
drop function blind.tell_dealt(), blind.tell_closing(), blind.tell_marked(), blind.undeclared();
reset role;
set local role phach_slip_owner;
create or replace function slip.seal_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); reader text := slip.minutes_reader(); f jsonb;
begin
  if reader is null then return null; end if;
  f := blind.seal_facts(c);
  if f is null then return null; end if;
  return (f - 'organizer' - 'chair') || jsonb_build_object('reader', reader,
    'sha256', case when reader <> 'holder' or slip.is_open(c) then f->>'sha256' end,
    'organizer', (select a.name from account.account a where a.id = (f->>'organizer')::uuid), 'chair', (select a.name from account.account a where a.id = (f->>'chair')::uuid),
    'holders', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name) order by k.position)
      from contest.key_holder k left join account.account a on a.email_key = k.email_key where k.contest = c));
end $$;
create or replace function slip.opening_minutes() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); o slip.opening;
begin
  if coalesce(slip.minutes_reader(), 'auditor') = 'auditor' then return null; end if;
  select * into o from slip.opening where contest = c;
  if not found then return null; end if;
  return jsonb_build_object('opened_at', o.at, 'sha256', (select encode(s.sha256, 'hex') from blind.seal s where s.contest = c),
    'closed', (select count(*) from slip.pair x join blind.paper p on p.code = x.paper where p.contest = c and not exists (select from slip.opened_first(c) f where f = x.paper)),
    'keys', (select jsonb_agg(jsonb_build_object('office_vi', k.office_vi, 'office_en', k.office_en, 'name', a.name, 'at', t.at) order by t.at, t.account = o.second_key)
      from (select distinct on (x.account) x.account, x.holder, x.at from slip.key_turn x where x.contest = c and x.account in (o.first_key, o.second_key) and x.at <= o.at order by x.account, x.at desc) t
      join contest.key_holder k on k.id = t.holder join account.account a on a.id = t.account),
    'winners', (select coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'prize', r.prize, 'category', r.category, 'unit', r.unit, 'number', r.number, 'title', r.title, 'authors', r.authors) order by r.code), '[]')
      from result.opened r where r.contest = c and r.code in (select slip.opened_first(c))));
end $$;
drop trigger tell_turn on slip.cut_made;
drop trigger tell_turn on slip.key_turn;
drop trigger tell_turn on slip.opening;
drop function slip.tell_cut(), slip.tell_key(), slip.tell_opening(), slip.first_key_until();
reset role;
set local role phach_account_owner;
drop function account.tell_turn(uuid, text, text), account.forget_turns(uuid, text[]), account.is_told(uuid, text), account.tell_second_key(uuid, uuid, timestamptz);
drop table account.turn_told;
reset role;
set local role phach_record_owner;
create or replace function record.mute_all(a_subject text, a_values text[]) returns text[]
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
reset role;
