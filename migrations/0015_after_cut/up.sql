-- After the cut: entries struck out or withdrawn, new clean texts, and the batch in which everything that would pair an entry
-- and a paper by its minute passes together.
set local role phach_named_owner;

-- A new clean text of an entry that is cut: read again from the original, with a passage masked, or repaired by its author. The last one
-- counts.
create table named.amendment(
  id uuid primary key default gen_random_uuid(), entry uuid not null references named.entry, contest uuid not null references contest.contest,
  n int not null check (n > 0), how text not null check (how in ('reread', 'masked', 'repaired')),
  title text not null check (length(trim(title)) between 1 and 300), body text not null check (octet_length(body) between 1 and 4194304),
  reason text not null check (length(trim(reason)) between 5 and 500), clerk uuid not null references account.account,
  at timestamptz not null default phach.now(), constraint amendment_once unique (entry, n));
alter table named.amendment alter column body set compression lz4;
alter table named.amendment enable row level security; alter table named.amendment force row level security;
create policy own on named.amendment to phach_named_owner using (true) with check (true);
create policy clerk on named.amendment for select to phach_clerk using (contest = (select phach.contest()));
grant select (entry, contest, n, how, title, body, reason, at) on named.amendment to phach_clerk;

-- The clean text as it now stands.
create function named.clean_text(of_entry uuid) returns table(title text, body text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select coalesce(m.title, v.title), coalesce(m.body, v.body, a.body) from named.entry e join named.version v on v.entry = e.id and v.n = e.version
    left join named.attachment a on a.id = v.attachment
    left join lateral (select x.title, x.body from named.amendment x where x.entry = e.id order by x.n desc limit 1) m on true where e.id = of_entry;
end $$;
grant execute on function named.clean_text(uuid) to phach_slip_owner;

-- An entry of the own contest whose slip is off and that still takes part, locked.
create function named.hold_cut(of_entry uuid) returns named.entry
language plpgsql as $$
declare e named.entry;
begin
  select * into e from named.entry where id = of_entry and contest = phach.contest() and version > 0 for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if not e.cut then perform phach.refuse('entry_not_cut'); end if;
  if e.state <> 'valid' then perform phach.refuse('entry_ended'); end if;
  return e;
end $$;

-- The desk strikes an entry out, with the reason that its contestant reads.
create function named.strike_out(of_entry uuid, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  if coalesce(length(trim(why)), 0) not between 5 and 2000 then perform phach.refuse('reason_needed'); end if;
  perform slip.retire(e.id);
  insert into named.screening(id, entry, contest, version, verdict, reason, clerk) values (gen_random_uuid(), e.id, e.contest, e.version, 'struck_out', trim(why), phach.account());
  update named.entry set state = 'struck_out', state_at = phach.now() where id = e.id;
  perform named.lower_flag(e.id, 'withdrawal-asked');
  perform record.note(e.contest, 'strike_out', e.id::text, jsonb_build_object('reason', record.mute('entry ' || e.id::text, trim(why))));
  perform named.tell(e, 'entry-struck-out', case when e.account is null then jsonb_build_object('reason', trim(why)) else '{}' end);
end $$;

-- After the cut a contestant asks, and the desk grants it: what leaves the marking does so once, and not by a stolen session.
create function named.ask_withdrawal(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from named.entry where id = of_entry and account = phach.account() and contest = phach.contest();
  if not found then perform phach.refuse('enter_not_found'); end if;
  perform named.hold_cut(of_entry);
  perform named.raise_flag(of_entry, 'withdrawal-asked');
end $$;
create function named.grant_withdrawal(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  if e.flags & named.flag_bit('withdrawal-asked') = 0 then perform phach.refuse('withdrawal_not_asked'); end if;
  perform slip.retire(e.id);
  update named.entry set state = 'withdrawn', state_at = phach.now() where id = e.id;
  perform named.lower_flag(e.id, 'withdrawal-asked');
  perform record.note(e.contest, 'grant_withdrawal', e.id::text, '{}');
  perform named.tell(e, 'entry-withdrawn');
end $$;
-- Whether the own entry's withdrawal has been asked for and not been answered.
create function named.withdrawal_asked(of_entry uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from named.entry e where e.id = of_entry and e.account = phach.account() and e.flags & named.flag_bit('withdrawal-asked') <> 0);
end $$;

-- A new clean text; `seen`: how many amendments the page showed.
create function named.set_text(e named.entry, seen int, a_how text, a_title text, a_body text, why text) returns void
language plpgsql as $$
declare now_stands record; count int;
begin
  select coalesce(max(n), 0) into count from named.amendment where entry = e.id;
  if count <> seen then perform phach.refuse('amended_meanwhile'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  select * into now_stands from named.clean_text(e.id);
  if (trim(a_title), a_body) = (now_stands.title, now_stands.body) then perform phach.refuse('text_same'); end if;
  perform slip.amend(e.id);
  insert into named.amendment(entry, contest, n, how, title, body, reason, clerk) values (e.id, e.contest, count + 1, a_how, trim(a_title), a_body, trim(why), phach.account());
  perform record.note(e.contest, 'amend_entry', e.id::text, jsonb_build_object('how', a_how, 'reason', record.mute('entry ' || e.id::text, trim(why))));
end $$;
-- By the desk's own hand. A repaired text is its author's: the desk types one only where nobody has claimed what came by post.
create function named.amend(of_entry uuid, seen int, a_how text, a_title text, a_body text, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e named.entry := named.hold_cut(of_entry);
begin
  if a_how = 'repaired' and e.account is not null then perform phach.refuse('form_unreadable'); end if;
  perform named.set_text(e, seen, a_how, a_title, a_body, why);
end $$;

grant execute on function named.strike_out(uuid, text), named.grant_withdrawal(uuid), named.amend(uuid, int, text, text, text, text) to phach_clerk;
grant execute on function named.ask_withdrawal(uuid), named.withdrawal_asked(uuid) to phach_contestant;
reset role;

-- The blind side of the batch.
set local role phach_blind_owner;

-- Moves that passed together. tx: the transaction that is passing them; only inside it is anything dealt.
create table blind.batch(
  id uuid primary key default gen_random_uuid(), contest uuid not null references contest.contest,
  day date not null,                                      -- in the contest's own time
  moves int not null default 0, tx xid8 not null default pg_current_xact_id(), at timestamptz not null default phach.now());
create index batch_contest on blind.batch(contest, at desc);
create table blind.night(contest uuid primary key references contest.contest, day date not null);   -- the last night that was seen to
-- A sheet that stands no more, because its paper is read again: as it was handed in.
create table blind.aside(
  id uuid primary key, judge uuid not null, paper text not null references blind.paper, contest uuid not null,
  third boolean not null, marks jsonb not null, total int not null, comment text not null, at timestamptz not null,
  reason text not null, chair uuid not null, aside_at timestamptz not null default phach.now());
create index aside_paper on blind.aside(paper);
do $$
declare t text;
begin
  foreach t in array array['batch', 'night', 'aside'] loop
    execute format('alter table blind.%I enable row level security', t);
    execute format('alter table blind.%I force row level security', t);
    execute format('create policy own on blind.%I to phach_blind_owner using (true) with check (true)', t);
  end loop;
end $$;
create policy board on blind.aside for select to phach_chair using (contest = (select phach.contest()));
grant select (judge, paper, contest, third, marks, total, comment, reason) on blind.aside to phach_chair;
grant select (new_text) on blind.paper to phach_chair;

-- Readings that are in no judge's hands. moved: a judge's that was given up, or a third mark: a move. The others were never dealt.
create function blind.lacks(c uuid) returns table(code text, ranking_group uuid, need int, moved boolean)
language plpgsql stable as $$
begin
  return query select p.code, p.ranking_group,
      (case when p.third_wanted then 1 else p.wanted end - count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted))::int,
      p.third_wanted or coalesce(bool_or(a.state = 'recused'), false)
    from blind.paper p left join blind.assignment a on a.paper = p.code and a.contest = c where p.contest = c and not p.retired group by p.code
    having case when p.third_wanted then 1 else p.wanted end > count(a.paper) filter (where a.state <> 'recused' and a.third = p.third_wanted);
end $$;
-- Ranking groups in which every first marking that was dealt is in.
create function blind.quiet_groups(c uuid) returns uuid[]
language plpgsql stable as $$
begin
  return array(select distinct p.ranking_group from blind.paper p where p.contest = c and not p.retired
    except select p.ranking_group from blind.assignment a join blind.paper p on p.code = a.paper where a.contest = c and a.state = 'open' and not a.third);
end $$;
create function blind.moves_waiting(c uuid) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return slip.moves_waiting(c, null) + coalesce((select sum(l.need) from blind.lacks(c) l where l.moved), 0)::int;
end $$;
-- The groups whose moves the chair may call: all from five moves on, else those in which every first marking is in. What was never
-- dealt, nobody gave up: it may be dealt at any time.
create function blind.callable_groups() returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest();
begin
  if exists (select from blind.seal where contest = c) then return '{}'; end if;
  if blind.moves_waiting(c) >= 5 then return array(select distinct p.ranking_group from blind.paper p where p.contest = c); end if;
  return blind.quiet_groups(c);
end $$;
-- What the chair reads of the batch: how many moves wait (none below five), whether any may be called now, and the last one's day and count.
create function blind.batch_state() returns table(waiting int, callable boolean, last_day date, last_moves int)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); n int := blind.moves_waiting(c); groups uuid[] := blind.callable_groups();
begin
  return query select case when n >= 5 then n end,
      n > 0 and (slip.moves_waiting(c, groups) > 0 or exists (select from blind.lacks(c) l where l.moved and l.ranking_group = any(groups))), b.day, case when b.moves >= 5 then b.moves end
    from (select 1) one left join lateral (select x.day, x.moves from blind.batch x where x.contest = c order by x.at desc, x.id limit 1) b on true;
end $$;

-- Begins a batch: by the chair's call, by night, or because all first markings of a group are in; carries out the moves that come from the
-- named side; the groups whose readings may be dealt now. Only the program itself keeps the night and the hour.
create function blind.begin_batch(call text) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); groups uuid[]; tonight date; today date;
begin
  if call not in ('chair', 'night', 'quiet') or (call = 'chair') <> (phach.account() is not null) then raise exception 'who calls this batch?'; end if;
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed'); end if;
  select (phach.now() at time zone k.timezone - interval '2 hours')::date, (phach.now() at time zone k.timezone)::date into strict tonight, today from contest.contest k where k.id = c;
  groups := case call when 'night' then array(select distinct p.ranking_group from blind.paper p where p.contest = c) when 'quiet' then blind.quiet_groups(c) else blind.callable_groups() end;
  if call = 'night' then
    update blind.night set day = tonight where contest = c and day < tonight;
    if not found then return '{}'; end if;   -- another server was quicker
  elsif call = 'chair' and slip.moves_waiting(c, groups) = 0 and not exists (select from blind.lacks(c) l where not l.moved or l.ranking_group = any(groups)) then
    perform phach.refuse('batch_small');
  end if;
  insert into blind.batch(contest, day, moves) values (c, today, slip.pass_moves(groups));
  return groups;
end $$;
-- Ends it: where nothing moved there was no batch. How many moves.
create function blind.end_batch() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int;
begin
  select b.moves into n from blind.batch b where b.contest = phach.contest() and b.tx = pg_current_xact_id();
  if n > 0 then
    perform record.note(phach.contest(), 'batch', phach.contest()::text,
      (select jsonb_build_object('day', b.day) || case when n >= 5 then jsonb_build_object('moves', n) else '{}' end from blind.batch b where b.contest = phach.contest() and b.tx = pg_current_xact_id()));
  else
    delete from blind.batch where contest = phach.contest() and tx = pg_current_xact_id();
  end if;
  return coalesce(n, 0);
end $$;
-- Contests that have a batch to pass now, and why. A contest met for the first time waits for its next night.
create function blind.batches_due() returns table(contest uuid, call text)
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

-- What a batch does to a paper; called by the crossing alone. Open readings go out of their judges' hands as a swap would take them.
create function blind.retire_papers(codes text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); waited boolean := blind.extra_waits(c);
begin
  delete from blind.draft d using blind.assignment a where d.paper = any(codes) and a.paper = d.paper and a.judge = d.judge and a.state = 'open';
  update blind.assignment set state = 'recused', moved = true where paper = any(codes) and state = 'open';
  update blind.paper set retired = true, new_text = false where code = any(codes);   -- nobody decides on the text of what has left
  if exists (select from blind.closing where contest = c) then
    -- while tied papers are read once more the old standings stay, without what has left; with the last of these papers they end
    if blind.extra_waits(c) then delete from blind.standing s where s.contest = c and s.code = any(codes);
    elsif waited then perform blind.end_extra(c);
    else perform blind.stand(c);
    end if;
    -- what was decided on other standings is decided again
    delete from blind.proposal where contest = c;
    delete from blind.tie_answer t using blind.paper p where p.code = any(codes) and t.contest = c and t.ranking_group = p.ranking_group;
  end if;
end $$;
create function blind.amend_paper(of_paper text, a_title text, a_body text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update blind.paper set title = a_title, body = a_body,
    new_text = not retired and (cardinality(marks) > 0 or third is not null) and not exists (select from blind.closing z where z.contest = paper.contest) where code = of_paper;
end $$;
create function blind.free_excluded(judges uuid[], papers text[]) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare n int;
begin
  update blind.assignment a set state = 'recused', moved = true from unnest(judges, papers) as x(judge, paper)
    where a.judge = x.judge and a.paper = x.paper and a.state = 'open' and not a.opened and not exists (select from blind.draft d where d.judge = a.judge and d.paper = a.paper)
      and not exists (select from blind.closing z where z.contest = a.contest);
  get diagnostics n = row_count;
  return n;
end $$;
-- A row that is written moves in its table, and rows come as they lie. So others are written with those that moved: in code order, and of
-- a small contest all.
create function blind.stir(c uuid, moved text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare k text;
begin
  for k in select code from blind.paper where code = any(moved)
      union select code from (select code from blind.paper where contest = c order by random() limit 2000) others order by code loop
    update blind.paper set title = title where code = k;
  end loop;
end $$;
grant execute on function blind.retire_papers(text[]), blind.amend_paper(text, text, text), blind.free_excluded(uuid[], text[]), blind.stir(uuid, text[]) to phach_slip_owner;
grant usage on schema blind to phach_record_owner;

-- The judge has the text before the own eyes: from now on no swap takes it away.
create function blind.open_paper(of_paper text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update blind.assignment set opened = true where judge = phach.account() and contest = phach.contest() and paper = of_paper and state = 'open' and not opened;
end $$;

-- Whether a paper that was read before its text was amended is read again: by the same judges, from their own sheets on, which are
-- set aside as they are; or not. A judge who was withdrawn meanwhile reads no more: that reading goes to another, with the batch.
create function blind.decide_reading(of_paper text, again boolean, why text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); judges uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('deal ' || c::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));
  if exists (select from blind.closing where contest = c) then perform phach.refuse('round_closed'); end if;
  if coalesce(length(trim(why)), 0) not between 5 and 500 then perform phach.refuse('reason_needed'); end if;
  update blind.paper set new_text = false where code = of_paper and contest = c and new_text and not retired;
  if not found then perform phach.refuse('reading_decided'); end if;
  if again then
    insert into blind.aside(id, judge, paper, contest, third, marks, total, comment, at, reason, chair)
      select s.id, s.judge, s.paper, s.contest, s.third, s.marks, s.total, s.comment, s.at, trim(why), phach.account() from blind.sheet s where s.paper = of_paper;
    -- a third mark is wanted only if the first two differ again
    delete from blind.draft d using blind.assignment a where a.judge = d.judge and a.paper = d.paper and a.paper = of_paper and a.third and a.state <> 'recused';
    delete from blind.assignment a where a.paper = of_paper and a.third and a.state <> 'recused';
    update blind.assignment a set state = 'recused', moved = true where a.paper = of_paper and a.state = 'marked'
      and exists (select from blind.withdrawal w where w.contest = c and w.judge = a.judge);
    update blind.assignment a set state = 'open' where a.paper = of_paper and a.state = 'marked';
    -- marks as they are typed, from the hundredths of the sheet
    insert into blind.draft as d(judge, paper, contest, marks, comment)
      select s.judge, s.paper, s.contest, (select jsonb_object_agg(m.key, replace(to_char(m.value::numeric / 100, 'FM99990.00'), '.', ',')) from jsonb_each_text(s.marks) m), s.comment
      from blind.sheet s join blind.assignment a on a.judge = s.judge and a.paper = s.paper and a.state = 'open' where s.paper = of_paper and not s.third
      on conflict (judge, paper) do update set marks = excluded.marks, comment = excluded.comment, saved_at = phach.now();
    with gone as (delete from blind.sheet s where s.paper = of_paper returning s.judge)
      select array_agg(g.judge) into judges from gone g join blind.assignment a on a.judge = g.judge and a.paper = of_paper and a.state = 'open';
    update blind.paper set marks = '{}', third = null, third_wanted = false, agreed = null, agreed_how = null where code = of_paper;
    perform account.enqueue_papers_letters(c, judges);
  end if;
  perform record.note(c, 'decide_reading', of_paper, jsonb_build_object('again', again, 'reason', trim(why)));
end $$;

grant execute on function blind.begin_batch(text), blind.end_batch(), blind.callable_groups(), blind.batches_due() to phach_dealer;
grant select (deal, contest, paper, missing) on blind.shortage to phach_dealer;
grant select (id, contest, at) on blind.deal to phach_dealer;
grant execute on function blind.batch_state(), blind.decide_reading(text, boolean, text) to phach_chair;
grant execute on function blind.open_paper(text) to phach_judge;
reset role;

set local role phach_slip_owner;
-- What waits for the batch: of which entry, and what. Its text, if it has one, stays on the named side until it passes.
create table slip.move(
  entry uuid not null references named.entry, contest uuid not null references contest.contest,
  kind text not null check (kind in ('retire', 'amend', 'recheck', 'report', 'answer')), primary key (entry, kind));
create index move_contest on slip.move(contest);
alter table slip.move enable row level security; alter table slip.move force row level security;
create policy own on slip.move to phach_slip_owner using (true) with check (true);

-- Until the seal; then only an amendment of the sealed list takes a paper out.
create function slip.wait(of_entry uuid, a_kind text) returns void
language plpgsql as $$
declare c uuid;
begin
  select contest into c from named.entry where id = of_entry and cut;
  if not found then perform phach.refuse('entry_not_cut'); end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('round ' || c::text, 0));   -- the seal waits, and then finds it
  if exists (select from blind.seal where contest = c) then perform phach.refuse('sealed_amendment'); end if;
  insert into slip.move(entry, contest, kind) values (of_entry, c, a_kind) on conflict do nothing;
end $$;
-- Crossing: retire. The entry's paper leaves the marking, with the batch.
create function slip.retire(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform slip.wait(of_entry, 'retire');
end $$;
-- Crossing: amend. The clean text as it then stands goes under the same code, with the batch.
create function slip.amend(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform slip.wait(of_entry, 'amend');
end $$;
-- An author or a unit was corrected: whoever may not read the paper any more, and has not opened it, gives it up, with the batch. Before the
-- cut and after the seal there is nothing to do.
create function slip.recheck(of_entry uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare e record;
begin
  select contest into e from named.entry where id = of_entry and cut;
  if found and not exists (select from blind.seal where contest = e.contest) then perform slip.wait(of_entry, 'recheck'); end if;
end $$;
-- Moves that wait, in these ranking groups or (null) in all. For the blind side's own functions.
create function slip.moves_waiting(c uuid, groups uuid[]) returns int
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (select count(*) from slip.move m where m.contest = c and (groups is null or exists (
    select from slip.pair x join blind.paper p on p.code = x.paper where x.entry = m.entry and p.ranking_group = any(groups))));
end $$;
-- Carries out what waits in these groups; how many moves. For blind.begin_batch alone.
create function slip.pass_moves(groups uuid[]) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); m record; n int := 0; leave text[] := '{}'; amended text[] := '{}'; asked text[] := '{}'; texts record; told jsonb := '{}';
begin
  if slip.moves_waiting(c, groups) = 0 then return 0; end if;
  perform pg_advisory_xact_lock(hashtextextended('round ' || c::text, 0));   -- no sheet meanwhile
  for m in with gone as (delete from slip.move v using slip.pair x, blind.paper p
        where v.contest = c and x.entry = v.entry and p.code = x.paper and p.ranking_group = any(groups) returning v.entry, v.kind, x.paper)
      select * from gone order by paper loop
    n := n + 1;
    case m.kind
      when 'recheck' then asked := asked || m.paper;
      when 'retire' then leave := leave || m.paper;
      -- what passes from side to side is carried below
      when 'report' then told := jsonb_set(told, array[m.entry::text], coalesce(told -> m.entry::text, '{}') || jsonb_build_object('paper', m.paper, 'report', true));
      when 'answer' then told := jsonb_set(told, array[m.entry::text], coalesce(told -> m.entry::text, '{}') || jsonb_build_object('paper', m.paper, 'answer', true));
      else
        amended := amended || m.paper;
        select * into strict texts from named.clean_text(m.entry);
        perform blind.amend_paper(m.paper, texts.title, texts.body);
    end case;
  end loop;
  if cardinality(leave) > 0 then perform blind.retire_papers(leave); end if;
  if cardinality(asked) > 0 then
    perform blind.free_excluded(array_agg(x.judge), array_agg(x.paper)) from slip.excluded_pairs(c) x where x.paper = any(asked);
  end if;
  if told <> '{}' then perform slip.carry(told); end if;
  if cardinality(leave || amended) > 0 then perform blind.stir(c, leave || amended); end if;
  perform record.note(c, 'pass_moves', c::text, jsonb_build_object('day', (select (phach.now() at time zone k.timezone)::date from contest.contest k where k.id = c))
    || case when n >= 5 then jsonb_build_object('moves', n) else '{}' end);
  return n;
end $$;
grant execute on function slip.retire(uuid), slip.amend(uuid), slip.recheck(uuid) to phach_named_owner;
grant execute on function slip.moves_waiting(uuid, uuid[]), slip.pass_moves(uuid[]) to phach_blind_owner;
reset role;

-- What concerns one paper is the auditor's to read from the seal on: a paper that nobody marks any more shows by what is missing.
set local role phach_record_owner;
drop policy auditor_reads on record.event;
create policy auditor_reads on record.event for select to phach_auditor using (contest = (select phach.contest())
  and (verb not in ('mark_sheet', 'recuse', 'excuse_reading', 'decide_reading', 'set_aside', 'decide_mark', 'ask_correction', 'answer_correction') or exists (select from blind.seal s where s.contest = (select phach.contest()))));
reset role;
