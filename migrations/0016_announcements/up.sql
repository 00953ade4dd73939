-- What an organizer tells everybody on the contest's page, and the letters that remind of drafts not submitted.
set local role phach_owner;

-- News, and questions with their answers. Each wording is a row of its own: the last one of a thread counts.
create table contest.notice(
  thread uuid not null, n int not null,
  contest uuid not null references contest.contest,
  kind text not null check (kind in ('news', 'answer')),
  title_vi text not null check (length(trim(title_vi)) between 1 and 200), title_en text not null check (length(trim(title_en)) between 1 and 200),
  body_vi text not null check (length(trim(body_vi)) between 1 and 10000), body_en text not null check (length(trim(body_en)) between 1 and 10000),
  gone boolean not null default false,                    -- taken off the page
  first_at timestamptz not null default phach.now(),      -- of the thread's first wording
  at timestamptz not null default phach.now(),
  primary key (thread, n));
create index notice_contest on contest.notice(contest, first_at);
grant select (thread, n, contest, kind, title_vi, title_en, body_vi, body_en, gone, first_at, at) on contest.notice to phach_public, phach_organizer;

-- The wordings that count, of the contest of the hat. Where two write at once, the second is told: `seen` is the wording that it was made of.
create function contest.write_notice(of_thread uuid, seen int, a_kind text, titles text[], bodies text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); was contest.notice;
begin
  perform pg_advisory_xact_lock(hashtextextended('notices ' || c::text, 0));
  select * into was from contest.notice x where x.thread = of_thread order by x.n desc limit 1;
  if was.contest <> c or was.kind <> a_kind then perform phach.refuse('not_found'); end if;
  -- sent twice by an impatient press
  if was.n = seen + 1 and not was.gone and array[was.title_vi, was.title_en, was.body_vi, was.body_en] = array[trim(titles[1]), trim(titles[2]), trim(bodies[1]), trim(bodies[2])] then return; end if;
  if coalesce(was.n, 0) <> seen or was.gone then perform phach.refuse('notice_changed'); end if;
  if was.thread is null and (select count(distinct x.thread) from contest.notice x where x.contest = c and x.kind = a_kind) >= 200 then
    perform phach.refuse('notices_too_many');
  end if;
  insert into contest.notice(thread, n, contest, kind, title_vi, title_en, body_vi, body_en, first_at)
    values (of_thread, seen + 1, c, a_kind, trim(titles[1]), trim(titles[2]), trim(bodies[1]), trim(bodies[2]), coalesce(was.first_at, phach.now()));
  perform record.note(c, 'write_notice', of_thread::text, jsonb_build_object('kind', a_kind, 'wording', seen + 1, 'title', trim(titles[1])));
end $$;
create function contest.remove_notice(of_thread uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c uuid := phach.contest(); was contest.notice;
begin
  perform pg_advisory_xact_lock(hashtextextended('notices ' || c::text, 0));
  select * into was from contest.notice x where x.thread = of_thread and x.contest = c order by x.n desc limit 1;
  if not found then perform phach.refuse('not_found'); end if;
  if was.gone then return; end if;
  insert into contest.notice(thread, n, contest, kind, title_vi, title_en, body_vi, body_en, gone, first_at)
    values (of_thread, was.n + 1, c, was.kind, was.title_vi, was.title_en, was.body_vi, was.body_en, true, was.first_at);
  perform record.note(c, 'remove_notice', of_thread::text, jsonb_build_object('kind', was.kind, 'title', was.title_vi));
end $$;
grant execute on function contest.write_notice(uuid, int, text, text[], text[]), contest.remove_notice(uuid) to phach_organizer;
reset role;

set local role phach_named_owner;
-- Whom a letter reminded, of which deadline: once for all the drafts of an account, once more when the deadline moved.
create table named.reminder(
  contest uuid not null references contest.contest, account uuid not null references account.account,
  until timestamptz not null, days int not null, drafts int not null, at timestamptz not null default phach.now(),
  primary key (contest, account, until, days));
alter table named.reminder enable row level security; alter table named.reminder force row level security;
create policy own on named.reminder to phach_named_owner using (true) with check (true);

-- Letters to all whose drafts would miss their deadline: three days before it, and one day before it. Who began later than
-- that hears nothing of it; an hour before the end no letter comes any more. How many letters.
create function named.remind_drafts() returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare moment timestamptz := phach.now(); ahead int; r record; letters int := 0;
begin
  foreach ahead in array array[3, 1] loop
    for r in
      insert into named.reminder as m(contest, account, until, days, drafts)
        select k.id, e.account, greatest(k.closes_at, e.extended_to) as until, ahead, count(*)
          from contest.contest k join named.entry e on e.contest = k.id join named.draft d on d.entry = e.id
          where k.ready and k.remind_drafts and k.opens_at <= moment and e.state = 'draft' and d.revision > 1
            and greatest(k.closes_at, e.extended_to) - make_interval(days => ahead) between e.created_at and moment
            and moment < greatest(k.closes_at, e.extended_to) - case ahead when 3 then interval '1 day' else interval '1 hour' end
          group by 1, 2, 3
        on conflict do nothing returning m.*
    loop
      perform mail.enqueue(named.address_of(a.id, c.id), a.lang, 'draft-reminder', jsonb_build_object('name', a.name, 'number', r.drafts, 'until', r.until, 'timezone', c.timezone,
          'slug', c.slug, 'contest_vi', c.title_vi, 'contest_en', c.title_en))
        from account.account a, contest.contest c where a.id = r.account and c.id = r.contest;
      letters := letters + 1;
    end loop;
  end loop;
  return letters;
end $$;
grant execute on function named.remind_drafts() to phach_worker;
reset role;
