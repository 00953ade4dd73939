-- What a demonstration must not lose to its visitors, what counts as an empty database, and a right password that is no attempt.
set local role phach_account_owner;
-- Everybody in a demonstration shares one password and is known by one address (a key goes by it): whoever changed either would shut
-- the others out. Its letters are read by all, so a letter's link is no proof there.
create function account.hold_demonstration() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (new.password_hash, new.email, new.email_key) is distinct from (old.password_hash, old.email, old.email_key) and phach.is_demonstration() then
    perform phach.refuse('demonstration_keeps');
  end if;
  return new;
end $$;
create trigger hold_demonstration before update of password_hash, email, email_key on account.account
  for each row execute function account.hold_demonstration();

-- Nobody has an account or is invited, and nobody gets or is either before this transaction ends. The link that a first start prints
-- invites nobody in particular.
create or replace function account.nobody() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table account.account, account.invitation in share row exclusive mode;
  return not exists (select from account.account) and not exists (select from account.invitation where email is not null or contest is not null);
end $$;

-- The visitor's own password was right: the attempt just counted is given back. Buckets are the program's (accounts/actions.rs).
create function account.give_back_attempt() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update account.attempt set n = n - 1 where bucket = sha256(convert_to('own-password account ' || phach.account()::text, 'UTF8')) and n > 0;
end $$;
grant execute on function account.give_back_attempt() to phach_public;
reset role;

set local role phach_mail_owner;
-- Asked while the mark is being set: by it the owner may read letters (policy own_demonstration).
create function mail.nothing() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table mail.letter in share row exclusive mode;
  return not exists (select from mail.letter);
end $$;
grant execute on function mail.nothing() to phach_owner;
grant usage on schema mail to phach_owner;
reset role;

set local role phach_owner;
create or replace function phach.hold_demonstration() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' then raise exception 'a demonstration stays one'; end if;
  if not account.nobody() or exists (select from contest.contest) or not named.nothing() or not mail.nothing() then
    raise exception 'only an empty database becomes a demonstration';
  end if;
  perform record.note(null, 'mark_demonstration', 'installation', '{}');
  return null;
end $$;
reset role;

set local role phach_named_owner;
-- A query's letter says until when the desk asks for an answer.
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
    -- an account reads the reason on its page; who has none, in the letter. Until when an answer is asked for, both
    perform named.tell(e, case a_verdict when 'query' then 'query' else 'entry-refused' end,
      jsonb_build_object('until', until) || case when e.account is null then jsonb_build_object('reason', trim(why)) else '{}' end);
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
  if e.account is not null then perform named.tell(e, 'query', jsonb_build_object('until', e.due_at)); end if;   -- else the desk has the paper, and types it
end $$;
reset role;

set local role phach_slip_owner;
-- What the key of an account waits for in a contest: the seal; 'wanted', or turned and good for half an hour; nothing more, once the slips are open.
create function slip.key_word(c uuid, of_account uuid) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return case when exists (select from slip.opening o where o.contest = c) then 'open'
    when not exists (select from blind.seal s where s.contest = c) then 'seal'
    when exists (select from slip.key_turn t where t.contest = c and t.account = of_account and t.at > phach.now() - interval '30 minutes') then 'turned'
    else 'wanted' end;
end $$;
grant usage on schema slip to phach_account_owner;
grant execute on function slip.key_word(uuid, uuid) to phach_account_owner;
reset role;

set local role phach_account_owner;
-- The keys that the visitor holds (as account.my_hats), and what each waits for.
create function account.my_keys() returns table(slug text, waits text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select c.slug, slip.key_word(c.id, a.id) from contest.key_holder k join contest.contest c on c.id = k.contest
    join account.account a on a.id = phach.account() and a.email_key = k.email_key and a.confirmed_at is not null
    where exists (select from account.hat h where h.account = a.id and h.contest = c.id);
end $$;
grant execute on function account.my_keys() to phach_public;
-- Whose place is an opening is on the list as a key holder, with what the key waits for; '' for everybody else.
drop function account.stand_ins();
create function account.stand_ins() returns table(id uuid, name text, hat text, waits text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not phach.is_demonstration() then return; end if;
  return query select a.id, a.name, case when c.id is null then s.hat else 'key-holder' end, case when c.id is null then '' else slip.key_word(c.id, a.id) end
    from account.stand_in s join account.account a on a.id = s.account left join contest.contest c on s.place = '/c/' || c.slug || '/opening' order by s.position;
end $$;
grant execute on function account.stand_ins() to phach_public;
reset role;

set local role phach_account_owner;
-- In the language of whoever has an account; else the contest's.
create or replace function account.enqueue_invitation(of_invitation uuid, link text) returns void language sql as $$
  select mail.enqueue(i.email, coalesce(a.lang, c.lang), 'invitation', jsonb_build_object('name', i.name, 'contest_vi', c.title_vi, 'contest_en', c.title_en, 'hat', i.hat, 'link', link))
  from account.invitation i join contest.contest c on c.id = i.contest left join account.account a on a.email_key = i.email_key where i.id = of_invitation $$;
reset role;

set local role phach_blind_owner;
-- The last assignment is the one with the last seed: seeds are taken one after the other under a lock, transactions begin as they come.
create or replace function blind.last_deal(c uuid) returns uuid
language sql stable as $$ select d.id from blind.deal d where d.contest = c order by d.seed desc limit 1 $$;
grant select (seed) on blind.deal to phach_chair, phach_dealer;
-- third: of a third mark it was that nobody was left for, not of a first reading. carried: the assignment that says it did not look for it.
alter table blind.shortage add column third boolean not null default false, add column carried boolean not null default false;
update blind.shortage s set third = p.third_wanted from blind.paper p where p.code = s.paper;
create function blind.name_shortage() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select p.third_wanted into new.third from blind.paper p where p.code = new.paper;
  return new;
end $$;
create trigger name_shortage before insert on blind.shortage for each row execute function blind.name_shortage();
grant select (third) on blind.shortage to phach_chair;
grant select (carried) on blind.shortage to phach_dealer;
-- A shortage of first readings is none of the third mark that is wanted since.
create or replace function blind.carry_short(of_deal uuid, of_last uuid) returns void
language plpgsql as $$
begin
  insert into blind.shortage(deal, contest, paper, missing, carried)
    select of_deal, s.contest, s.paper, s.missing, true from blind.shortage s join blind.paper p on p.code = s.paper and not p.retired
    where s.deal = of_last and s.third = p.third_wanted and not exists (select from blind.shortage x where x.deal = of_deal and x.paper = s.paper)
      and case when p.third_wanted then 1 else p.wanted end
        > (select count(*) from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted);
end $$;
create or replace function blind.unfilled(p blind.paper) returns int
language plpgsql stable as $$
begin
  return coalesce((select least(s.missing, case when p.third_wanted then 1 else p.wanted end
      - (select count(*)::int from blind.assignment a where a.paper = p.code and a.state <> 'recused' and a.third = p.third_wanted))
    from blind.shortage s where s.paper = p.code and s.third = p.third_wanted and s.deal = blind.last_deal(p.contest)), 0);
end $$;
-- What was only carried is looked for: a judge may have come since, or have given papers away.
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
          and not exists (select from blind.shortage s where s.paper = l.code and s.missing >= l.need and not s.carried   -- nobody was left for it
            and s.deal = blind.last_deal(c.id)))) then
        call := 'quiet';
      end if;
    end if;
    if call is not null then return next; end if;
  end loop;
end $$;
reset role;

set local role phach_blind_owner;
-- A single paper leaves the standings while tied ones are read once more: the charts are drawn anew from what stays.
create or replace function blind.drop_charts() returns trigger language plpgsql as $$
begin
  delete from blind.distribution d where d.contest in (select contest from gone);
  delete from blind.spread d where d.contest in (select contest from gone);
  insert into blind.distribution(contest, ranking_group, part, papers)
    select s.contest, s.ranking_group, least(s.mark * 20 / g.total, 19), count(*) from blind.standing s
      join contest.ranking_group g on g.id = s.ranking_group where s.contest in (select contest from gone) and s.mark is not null and g.total > 0 group by 1, 2, 3;
  insert into blind.spread(contest, ranking_group, low, high, papers)
    select s.contest, s.ranking_group, p.marks[1] * 50 / g.total, p.marks[cardinality(p.marks)] * 50 / g.total, count(*) from blind.standing s
      join blind.paper p on p.code = s.code join contest.ranking_group g on g.id = s.ranking_group
    where s.contest in (select contest from gone) and cardinality(p.marks) > 1 and g.total > 0 group by 1, 2, 3, 4;
  return null;
end $$;
reset role;
