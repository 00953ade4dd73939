-- Every open reading of a contest is marked, all at once: sheets and the tally as the trigger of a sheet would have left them. The model is
-- that of `marks.rs`: a paper has a quality, a judge a severity, and nobody reads twice the same. Settings: size.contest, size.spare (judges
-- from this address's number on leave their papers unread), size.at.
alter table blind.sheet disable trigger user;
create temp table size_sheet on commit drop as
  with model as (select a.judge, a.paper, a.third, k.rubric, 72
      -- what a code, an account and chance say: numbers about 0 with a deviation of 1, each of three equal chances
      + 8.0 * (((hashtext(a.paper) & 65535) + (hashtext(a.paper || 'b') & 65535) + (hashtext(a.paper || 'c') & 65535)) / 65536.0 - 1.5) * 2
      + 4.5 * (((hashtext(a.judge::text) & 65535) + (hashtext(a.judge || 'b') & 65535) + (hashtext(a.judge || 'c') & 65535)) / 65536.0 - 1.5) * 2
      + 5.0 * (random() + random() + random() - 1.5) * 2 as points
    from blind.assignment a join blind.paper p on p.code = a.paper join contest.category k on k.id = p.category join account.account j on j.id = a.judge
    where a.contest = current_setting('size.contest')::uuid and a.state = 'open'
      and coalesce(substring(j.email from '^giam-khao-([0-9]+)@')::int, 0) < current_setting('size.spare')::int)
  select judge, paper, third, jsonb_object_agg(key, mark) as marks, sum(mark)::int as total from (
    select m.judge, m.paper, m.third, cr.key,
      least(cr.max, greatest(0, round(cr.max * least(1, greatest(0.15, m.points / 100 + (random() + random() + random() - 1.5) * 0.08)) / r.step)::int * r.step)) as mark
    from model m join contest.rubric r on r.id = m.rubric join contest.criterion cr on cr.rubric = r.id) x
  group by judge, paper, third;
create index on size_sheet(paper);
analyze size_sheet;

insert into blind.sheet(judge, paper, contest, third, marks, total, comment, at)
  select judge, paper, current_setting('size.contest')::uuid, third, marks, total, '', current_setting('size.at')::timestamptz from size_sheet order by random();
update blind.assignment a set state = 'marked', opened = true, total = s.total from size_sheet s where s.judge = a.judge and s.paper = a.paper;
delete from blind.draft d using size_sheet s where s.judge = d.judge and s.paper = d.paper;
-- as blind.settle
update blind.paper p set marks = q.marks, third = q.third, agreed = q.mark, third_wanted = q.whole and q.mark is null,
    agreed_how = case when q.mark is null then null when q.marks[cardinality(q.marks)] - q.marks[1] > q.threshold then 'third' else 'mean' end
  from (select t.code, t.marks, t.third, t.whole, t.threshold, case when t.whole then blind.agree(t.marks, t.third, t.threshold, t.rule) end as mark
    from (select p.code, x.marks, x.third, cardinality(x.marks) > 0 and cardinality(x.marks) >= p.wanted as whole, c.threshold, c.third as rule
      from blind.paper p join contest.contest c on c.id = p.contest cross join lateral (
        select p.marks || coalesce(array_agg(s.total) filter (where not s.third), '{}') as marks, coalesce(max(s.total) filter (where s.third), p.third) as third
        from size_sheet s where s.paper = p.code) y cross join lateral (select array(select m from unnest(y.marks) m order by m) as marks, y.third) x
      where p.code in (select paper from size_sheet)) t) q
  where q.code = p.code;
alter table blind.sheet enable trigger user;

insert into record.event(contest, at, actor, hat, verb, subject, content)
  select current_setting('size.contest')::uuid, current_setting('size.at')::timestamptz, judge, 'judge', 'mark_sheet', paper, jsonb_build_object('total', total, 'marks', marks) from size_sheet order by random();
