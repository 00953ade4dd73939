-- Works of one contest, all at once: rows as a form, the desk and the program leave them, without their triggers. What those would have
-- counted, folded and noted is written here. Settings: size.contest, size.entries, size.open (still open: every state), size.from and size.to
-- (when they came), size.clerk.
alter table named.entry disable trigger user;
alter table named.screening disable trigger user;
create temp table size_work on commit drop as
  with k as (select id, key, ranking_group, row_number() over (order by position) - 1 as n, count(*) over () as of from contest.category where contest = current_setting('size.contest')::uuid),
  u as (select id, row_number() over (order by position) - 1 as n, count(*) over () as of from contest.unit where contest = current_setting('size.contest')::uuid),
  s as (select current_setting('size.contest')::uuid as contest, current_setting('size.entries')::int as entries, current_setting('size.open')::boolean as open,
    current_setting('size.from')::timestamptz as "from", current_setting('size.to')::timestamptz as "to")
  select i, gen_random_uuid() as entry, gen_random_uuid() as version, phach.random_word(16) as receipt, s.contest, k.id as category, u.id as unit, a.id as account,
    p.name, q.name as second, e.title, e.body || E'\n\nTôi chép lại bài này vào sổ tay, trang ' || i || '.' as body, e.words + 10 as words,
    -- the nearer the last hour, the more of them
    s."from" + (s."to" - s."from") * power(i::float / s.entries, 0.4) as at,
    case when not s.open then 'valid' when i > s.entries * 0.6
      then case when x.r < 82 then 'waiting' when x.r < 92 then 'valid' when x.r < 96 then 'queried' else 'withdrawn' end
      else case when x.r < 3 then 'waiting' when x.r < 83 then 'valid' when x.r < 91 then 'refused' when x.r < 95 then 'queried' else 'withdrawn' end end as state,
    case when s.open and i % 50 = 0 then 1 when s.open and i % 777 = 0 then 16 else 0 end as flags
  from s cross join generate_series(1, s.entries) i
    cross join lateral (select (hashint4(i + 9) & 65535) % 100 as r, (select count(*)::int from size_name) as names, (select count(*)::int from size_essay) as essays,
      (select count(*)::int from size_account) as accounts) x
    -- where ranking groups of two sizes are wanted, the first works fill them
    join k on case when s.open then k.n = (hashint4(i + 5) & 65535) % k.of
      when i <= s.entries / 100 then k.key = 'phatthanh' when i <= s.entries / 100 + s.entries / 20 then k.key = 'truyenhinh'
      else k.key = (array['tapchi', 'bao', 'clip'])[1 + i % 3] end
    left join u on u.n = (hashint4(i + 7) & 65535) % u.of and i % 3 > 0
    join size_account a on a.n = (hashint4(i + 6) & 65535) % x.accounts
    join size_name p on p.n = (hashint4(i + 1) & 65535) % x.names
    join size_essay e on e.n = (hashint4(i + 3) & 65535) % x.essays
    left join size_name q on i % 4 = 0 and q.n = (hashint4(i + 2) & 65535) % x.names;
create index on size_work(i);
analyze size_work;

insert into named.entry(id, contest, account, state, number, version, category, unit, title, authors_key, created_at, submitted_at, state_at, due_at, flags)
  select w.entry, w.contest, w.account, w.state, w.i, 1, w.category, w.unit, w.title, phach.fold(w.name) || coalesce(' / ' || phach.fold(w.second), ''), w.at - interval '2 hours', w.at,
    case w.state when 'waiting' then w.at else least(w.at + interval '1 day', phach.now()) end, case w.state when 'queried' then c.queries_close_at - (w.i % 9) * interval '1 hour' end, w.flags
  from size_work w join contest.contest c on c.id = w.contest order by w.i;
insert into named.draft(entry, contest, account, category, unit, title, body, authors, revision, saved_at)
  select entry, contest, account, category, unit, title, body, jsonb_build_array(jsonb_build_object('name', name, 'year', (1950 + i % 55)::text)), 2, at from size_work order by i;
insert into named.version(id, entry, contest, account, n, category, unit, title, body, words, sha256, receipt, received_at)
  select version, entry, contest, account, 1, category, unit, title, body, words, sha256(convert_to(body, 'UTF8')), receipt, at from size_work order by i;
insert into named.author(version, position, contest, account, name, birth_year, email, email_key, phone)
  select version, 1, contest, account, name, 1950 + i % 55, 'tac-gia-' || i || '@example.org', 'tac-gia-' || i || '@example.org', '+84 9' || lpad(i::text, 8, '0') from size_work order by i;
insert into named.author(version, position, contest, account, name) select version, 2, contest, account, second from size_work where second is not null order by i;
insert into named.screening(id, entry, contest, version, verdict, reason, clerk, due_at, at)
  select gen_random_uuid(), w.entry, w.contest, 1, case w.state when 'queried' then 'query' else w.state end,
    case when w.state in ('queried', 'refused') then 'Mời bạn xem lại tên bài và độ dài.' else '' end, current_setting('size.clerk')::uuid, e.due_at, e.state_at
  from size_work w join named.entry e on e.id = w.entry where w.state in ('queried', 'refused', 'valid') order by w.i;
insert into named.flag(entry, contest, kind, raised_at) select entry, contest, case flags when 1 then 'same-person' else 'mail-failed' end, at from size_work where flags <> 0 order by i;
insert into named.search(entry, contest, key) select e.id, e.contest, ' ' || e.title_key || ' / ' || e.authors_key from named.entry e join size_work w on w.entry = e.id order by w.i;
insert into named.counter(contest, category, state, cut, backend, n) select contest, category, state, false, 0, count(*) from size_work group by 1, 2, 3;
select named.next_number(current_setting('size.contest')::uuid);
select setval(('named.entry_no_' || replace(current_setting('size.contest'), '-', ''))::regclass, current_setting('size.entries')::bigint);
alter table named.entry enable trigger user;
alter table named.screening enable trigger user;

insert into record.salt(subject, salt) select 'entry ' || entry, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) from size_work order by i;
insert into record.event(contest, at, actor, hat, verb, subject, content)
  select w.contest, w.at, w.account, 'contestant', 'receive_entry', w.entry::text, jsonb_build_object('number', w.i, 'version', 1,
    'sha256', encode(sha256(s.salt || convert_to(encode(v.sha256, 'hex'), 'UTF8')), 'hex'), 'receipt', encode(sha256(s.salt || convert_to(v.receipt, 'UTF8')), 'hex'),
    'authors', (select jsonb_agg(encode(sha256(s.salt || convert_to(a.name || ' ' || a.email_key, 'UTF8')), 'hex') order by a.position) from named.author a where a.version = w.version))
  from size_work w join named.version v on v.id = w.version join record.salt s on s.subject = 'entry ' || w.entry order by w.i;
insert into record.event(contest, at, actor, hat, verb, subject, content)
  select s.contest, s.at, s.clerk, 'clerk', 'screen_entry', s.entry::text, jsonb_build_object('version', 1, 'verdict', s.verdict,
    'reason', encode(sha256(t.salt || convert_to(s.reason, 'UTF8')), 'hex'))
  from named.screening s join size_work w on w.entry = s.entry join record.salt t on t.subject = 'entry ' || w.entry order by s.at;
