set local role phach_named_owner;
drop function named.own_share(), named.review_guardians(uuid), named.raise_doubts(named.entry, named.version, named.doubts);
reset role;
