-- One account that sends for many, and what the desk should look at in what it sends.
set local role phach_named_owner;

-- After a version is received: each doubt that it gives cause for is raised, each whose cause it took away is lowered. The
-- same text is looked for by its hash; two that arrive in one moment may miss each other.
create function named.raise_doubts(e named.entry, v named.version, d named.doubts) returns void language plpgsql as $$
declare twins uuid[]; k record;
begin
  twins := array(select o.id from named.version w join named.entry o on o.id = w.entry and o.version = w.n
    where w.sha256 = v.sha256 and w.contest = v.contest and o.id <> e.id and o.state <> 'withdrawn' limit 20);
  if e.flags = 0 and twins = '{}' and d.over is null and d.elsewhere is null then return; end if;
  for k in select x.kind, x.meant from (values ('same-text', twins), ('limit-doubt', d.over), ('same-person', d.elsewhere), ('guardian-missing', null)) as x(kind, meant) loop
    if cardinality(k.meant) > 0 then perform named.raise_flag(e.id, k.kind, k.meant);
    elsif e.flags & named.flag_bit(k.kind) <> 0 then perform named.lower_flag(e.id, k.kind);
    end if;
  end loop;
end $$;

-- The rules changed from what age on no guardian is needed: whoever lacks one now is a doubt for the desk. Not once cut.
create function named.review_guardians(of_contest uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare c contest.contest; e record;
begin
  select * into c from contest.contest x where x.id = of_contest;
  for e in select o.id, o.flags & named.flag_bit('guardian-missing') <> 0 as open, named.is_alone(c, w.id) as alone
      from named.entry o join named.version w on w.entry = o.id and w.n = o.version
      where o.contest = of_contest and not o.cut and o.state in ('waiting', 'queried', 'valid') order by o.id loop
    if e.alone and not e.open then perform named.raise_flag(e.id, 'guardian-missing');
    elsif e.open and not e.alone then perform named.lower_flag(e.id, 'guardian-missing');
    end if;
  end loop;
end $$;

-- How many entries count for the visitor as an author, by category: what a limit would be held against.
create function named.own_share() returns table(category uuid, n bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return query select o.category, count(*) from account.account a, named.works_of(phach.contest(), a.email_key, '', '') o
    where a.id = phach.account() group by o.category;
end $$;

grant execute on function named.own_share() to phach_contestant;
grant execute on function named.review_guardians(uuid) to phach_owner;
reset role;
