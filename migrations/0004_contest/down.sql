drop function contest.waive(uuid, text), contest.create(jsonb), contest.unit_line(uuid);
drop table contest.waiver, contest.by_hand, contest.key_holder, contest.prize, contest.unit, contest.category,
  contest.ranking_group, contest.criterion, contest.rubric, contest.contest;
