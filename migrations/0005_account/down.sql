drop schema account cascade;
create schema account authorization phach_account_owner;
