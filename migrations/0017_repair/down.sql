set local role phach_named_owner;
drop function named.decline_repaired(uuid, uuid, uuid, text), named.take_repaired(uuid, uuid, uuid, int, text), named.take_back_repair(uuid, uuid),
  named.hold_asked(named.entry, uuid, uuid), named.send_repaired(uuid, uuid), named.keep_repaired(uuid, uuid, uuid, jsonb), named.may_repair(uuid),
  named.hold_own_repair(uuid, uuid), named.ask_repair(uuid, text, int);
drop trigger end_repair on named.entry;
drop function named.end_repair_with_entry(), named.end_repair(named.entry, named.repair, text, text);
drop table named.repaired, named.repair;
reset role;
