set local role phach_account_owner;
drop policy letters on account.account; drop policy barred on account.hat; drop policy holders on account.account; drop policy holders on account.hat;
revoke select (id, email, name, lang, email_key) on account.account from phach_named_owner;
revoke select (account, contest) on account.hat from phach_named_owner;
revoke select (id, email_key, confirmed_at) on account.account from phach_slip_owner;
revoke select (account, contest, hat) on account.hat from phach_slip_owner;
reset role;
drop schema named cascade;
create schema named authorization phach_named_owner;
