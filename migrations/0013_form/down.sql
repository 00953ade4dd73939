set local role phach_named_owner;
revoke usage on schema named from phach_public;
drop function named.check_receipt(text, text), named.keep_text(uuid, int, jsonb);
drop table named.kept_text;
reset role;
