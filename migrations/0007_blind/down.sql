set local role phach_account_owner;
drop policy judges on account.hat;
revoke select (account, contest, hat) on account.hat from phach_blind_owner;
revoke execute on function account.officials() from phach_blind_owner;
reset role;
drop schema blind cascade;
create schema blind authorization phach_blind_owner;
