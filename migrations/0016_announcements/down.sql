set local role phach_named_owner;
drop function named.remind_drafts();
drop table named.reminder;
reset role;
set local role phach_owner;
drop function contest.remove_notice(uuid), contest.write_notice(uuid, int, text, text[], text[]);
drop table contest.notice;
reset role;
