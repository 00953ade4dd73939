-- The form's own: texts kept beside a draft, and the public's question whether a receipt is real.
set local role phach_named_owner;

-- What a draft was before another device's took its place, or what was left for it: choosing one loses nothing.
create table named.kept_text(
  id uuid primary key default gen_random_uuid(),
  entry uuid not null references named.entry on delete cascade,
  contest uuid not null references contest.contest,
  account uuid not null references account.account,
  title text not null default '',
  body text not null default '' check (octet_length(body) <= 4194304),
  authors jsonb not null default '[]',
  note text not null default '',
  asked jsonb not null default '{}',
  kept_at timestamptz not null default phach.now());
alter table named.kept_text alter column body set compression lz4;
create index kept_text_entry on named.kept_text(entry, kept_at);
alter table named.kept_text enable row level security;
alter table named.kept_text force row level security;
create policy own on named.kept_text to phach_named_owner using (true) with check (true);
create policy contestant on named.kept_text for select to phach_contestant using (account = (select phach.account()));
grant select (id, entry, title, body, authors, note, asked, kept_at) on named.kept_text to phach_contestant;

-- Keeps the draft as it stands (typed is null; only while it is the revision that the page showed), or what was typed on the
-- page that gives way to it. The last ten of an entry stay; the same text is kept once.
create function named.keep_text(of_entry uuid, of_revision int, typed jsonb) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare d named.draft; k named.kept_text;
begin
  select * into d from named.draft x where x.entry = of_entry and x.contest = phach.contest() and x.account = phach.account() for update;
  if not found then perform phach.refuse('enter_not_found'); end if;
  if typed is not null then
    k.title := left(typed->>'title', 300); k.body := typed->>'body'; k.authors := typed->'authors'; k.note := left(typed->>'note', 10000); k.asked := typed->'asked';
  elsif d.revision = of_revision then
    k.title := d.title; k.body := d.body; k.authors := d.authors; k.note := d.note; k.asked := d.asked;
  else return;
  end if;
  delete from named.kept_text x where x.entry = of_entry and x.title = k.title and x.body = k.body and x.authors = k.authors and x.note = k.note and x.asked = k.asked;
  insert into named.kept_text(entry, contest, account, title, body, authors, note, asked) values (d.entry, d.contest, d.account, k.title, k.body, k.authors, k.note, k.asked);
  delete from named.kept_text x where x.entry = of_entry
    and x.id not in (select y.id from named.kept_text y where y.entry = of_entry order by y.kept_at desc, y.id limit 10);
end $$;
grant execute on function named.keep_text(uuid, int, jsonb) to phach_contestant;

-- When what a receipt names was received; null for every mismatch alike: no such number here, another hash, withdrawn since. One
-- look by the number, whatever the answer.
create function named.check_receipt(a_receipt text, a_sha256 text) returns timestamptz
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare at timestamptz;
begin
  select case when v.contest = phach.contest() and encode(v.sha256, 'hex') = a_sha256 and e.state <> 'withdrawn' then v.received_at end into at
    from named.version v join named.entry e on e.id = v.entry where v.receipt = a_receipt;
  return at;
end $$;
grant execute on function named.check_receipt(text, text) to phach_public;
reset role;
