set local role phach_blind_owner;
create or replace function blind.drop_charts() returns trigger language plpgsql as $$
begin
  delete from blind.distribution d where d.contest in (select contest from gone);
  delete from blind.spread d where d.contest in (select contest from gone);
  return null;
end $$;
reset role;
set local role phach_blind_owner;
create or replace function blind.batches_due() returns table(contest uuid, call text)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c record; seen date; groups uuid[];
begin
  for c in select k.id, (phach.now() at time zone k.timezone - interval '2 hours')::date as tonight from contest.contest k
      where exists (select from blind.paper p where p.contest = k.id) and not exists (select from blind.seal s where s.contest = k.id) loop
    insert into blind.night as n(contest, day) values (c.id, c.tonight) on conflict on constraint night_pkey do nothing;
    select n.day into seen from blind.night n where n.contest = c.id;
    contest := c.id; call := case when seen < c.tonight then 'night' end;
    if call is null and exists (select from blind.assignment a where a.contest = c.id) then
      groups := blind.quiet_groups(c.id);
      if slip.moves_waiting(c.id, groups) > 0 or (cardinality(groups) > 0 and exists (select from blind.lacks(c.id) l where l.moved and l.ranking_group = any(groups)
          and not exists (select from blind.shortage s where s.paper = l.code and s.missing >= l.need   -- nobody was left for it
            and s.deal = (select d.id from blind.deal d where d.contest = c.id order by d.at desc, d.id limit 1)))) then
        call := 'quiet';
      end if;
    end if;
    if call is not null then return next; end if;
  end loop;
end $$;
create or replace function blind.unfilled(p blind.paper) returns int
language plpgsql stable as $$
begin
  return coalesce((select least(s.missing, case when p.third_wanted then 1 else p.wanted end
      - (select count(*)::int from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted))
    from blind.shortage s where s.paper = p.code and s.deal = (select d.id from blind.deal d where d.contest = p.contest order by d.at desc, d.id limit 1)), 0);
end $$;
create or replace function blind.carry_short(of_deal uuid, of_last uuid) returns void
language plpgsql as $$
begin
  insert into blind.shortage(deal, contest, paper, missing)
    select of_deal, s.contest, s.paper, s.missing from blind.shortage s join blind.paper p on p.code = s.paper and not p.retired
    where s.deal = of_last and not exists (select from blind.shortage x where x.deal = of_deal and x.paper = s.paper)
      and case when p.third_wanted then 1 else p.wanted end
        > (select count(*) from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted);
end $$;
drop trigger name_shortage on blind.shortage;
drop function blind.name_shortage();
revoke select (third) on blind.shortage from phach_chair;
revoke select (carried) on blind.shortage from phach_dealer;
alter table blind.shortage drop column third, drop column carried;
revoke select (seed) on blind.deal from phach_chair, phach_dealer;
create or replace function blind.last_deal(c uuid) returns uuid
language sql stable as $$ select d.id from blind.deal d where d.contest = c order by d.at desc, d.id limit 1 $$;
reset role;
set local role phach_account_owner;
create or replace function account.enqueue_invitation(of_invitation uuid, link text) returns void language sql as $$
  select mail.enqueue(i.email, c.lang, 'invitation', jsonb_build_object('name', i.name, 'contest_vi', c.title_vi, 'contest_en', c.title_en, 'hat', i.hat, 'link', link))
  from account.invitation i join contest.contest c on c.id = i.contest where i.id = of_invitation $$;
reset role;
set local role phach_account_owner;
drop function account.stand_ins();
create function account.stand_ins() returns table(id uuid, name text, hat text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not phach.is_demonstration() then return; end if;
  return query select a.id, a.name, s.hat from account.stand_in s join account.account a on a.id = s.account order by s.position;
end $$;
grant execute on function account.stand_ins() to phach_public;
drop function account.my_keys();
reset role;
set local role phach_slip_owner;
drop function slip.key_word(uuid, uuid);
revoke usage on schema slip from phach_account_owner;
reset role;
set local role phach_named_owner;
create or replace function named.screen(of_entry uuid, seen int, a_verdict text, why text, due timestamptz default null, checked jsonb default '{}') returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry; c contest.contest; v named.version; readable boolean; until timestamptz;
begin
  select * into e from named.entry where id = of_entry and contest = phach.contest() and version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  select * into c from contest.contest where id = e.contest;
  if e.cut then perform phach.refuse('entry_cut'); end if;
  if e.state = 'withdrawn' then perform phach.refuse('entry_ended'); end if;
  if e.version <> seen then perform phach.refuse('newer_version'); end if;
  if (select s.verdict = a_verdict and s.reason = trim(why) and s.clerk = phach.account() and s.version = seen from named.screening s
      where s.entry = e.id order by s.at desc limit 1) and e.state <> 'waiting' then return; end if;
  if a_verdict <> 'valid' and length(trim(why)) < 5 then perform phach.refuse('reason_needed'); end if;
  if a_verdict = 'query' then
    if phach.now() >= c.queries_close_at then perform phach.refuse('queries_closed'); end if;
    until := least(coalesce(due, c.queries_close_at), c.queries_close_at);
    if until <= phach.now() then perform phach.refuse('due_past'); end if;
  end if;
  select * into v from named.version where entry = e.id and n = e.version;
  readable := v.body is not null or exists (select from named.attachment a where a.id = v.attachment and a.state = 'read');
  if a_verdict = 'valid' and not readable then perform phach.refuse('not_readable'); end if;
  if a_verdict = 'valid' and e.by_post and named.is_late_post(e, c) then perform phach.refuse('post_late'); end if;
  if e.state = 'refused' and a_verdict <> 'refused' then perform named.raise_doubts(e, v, named.hold_limits(c, e.id, v)); end if;
  -- a query is answered by an entry accepted: its writer hears of that too
  if a_verdict = 'valid' and (select s.verdict = 'query' from named.screening s where s.entry = e.id order by s.at desc, s.id desc limit 1) then
    perform named.tell(e, 'entry-accepted');
  end if;
  insert into named.screening(id, entry, contest, version, verdict, reason, clerk, due_at, checks)
  values (gen_random_uuid(), e.id, e.contest, seen, a_verdict, trim(why), phach.account(), until, checked);
  update named.entry set state = case a_verdict when 'query' then 'queried' else a_verdict end, state_at = phach.now(), due_at = until where id = e.id;
  delete from named.claim where entry = e.id and clerk = phach.account();
  perform record.note(e.contest, 'screen_entry', e.id::text, jsonb_build_object('version', seen, 'verdict', a_verdict,
    'reason', record.mute('entry ' || e.id::text, why)) || case when checked = '{}' then '{}' else jsonb_build_object('checks', checked) end);
  if a_verdict <> 'valid' then
    -- an account reads the reason on its page; who has none, in the letter
    perform named.tell(e, case a_verdict when 'query' then 'query' else 'entry-refused' end,
      case when e.account is null then jsonb_build_object('reason', trim(why), 'until', until) else '{}' end);
  end if;
end $$;
create or replace function named.query_unreadable(of_entry uuid, v int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry;
begin
  update named.entry set state = 'queried', state_at = phach.now(), due_at = (select c.queries_close_at from contest.contest c where c.id = contest)
    where id = of_entry and version = v and state = 'waiting' returning * into e;
  if not found then return; end if;
  insert into named.screening(id, entry, contest, version, verdict, reason, due_at) values (gen_random_uuid(), e.id, e.contest, v, 'query', '', e.due_at);
  perform record.note(e.contest, 'query_unreadable', e.id::text, jsonb_build_object('version', v));
  if e.account is not null then perform named.tell(e, 'query'); end if;   -- else the desk has the paper, and types it
end $$;
reset role;
set local role phach_owner;
create or replace function phach.hold_demonstration() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then raise exception 'a demonstration stays one'; end if;
  if not account.nobody() or exists (select from contest.contest) or not named.nothing() then
    raise exception 'only an empty database becomes a demonstration';
  end if;
  perform record.note(null, 'mark_demonstration', 'installation', '{}');
  return null;
end $$;
reset role;
set local role phach_mail_owner;
drop function mail.nothing();
revoke usage on schema mail from phach_owner;
reset role;
set local role phach_account_owner;
drop function account.give_back_attempt();
create or replace function account.nobody() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table account.account in share row exclusive mode;
  return not exists (select from account.account);
end $$;
drop trigger hold_demonstration on account.account;
drop function account.hold_demonstration();
reset role;
