set local role phach_named_owner;
drop function named.check_receipt(text, text), named.keep_text(uuid, int, jsonb);
drop table named.kept_text;
reset role;
