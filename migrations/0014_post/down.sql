set local role phach_named_owner;
drop function named.asked_of(uuid), named.envelope_of(uuid), named.redeem_claim_code(text), named.issue_claim_code(uuid, boolean), named.enter_post(uuid, uuid, jsonb),
  named.may_write_for_author(named.entry, contest.contest), named.write_for_author(named.entry, uuid, jsonb), named.new_claim_code(named.entry), named.code_hash(uuid, text),
  named.review_post(uuid), named.lacks_something(named.version, contest.contest), named.is_late_post(named.entry, contest.contest);
drop table named.claim_code, named.envelope;
reset role;
