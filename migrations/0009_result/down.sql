set local role phach_slip_owner;
drop function slip.opened_at(), slip.unit_counts(), slip.turn_key(text), slip.seal_to_open(), slip.keys(), slip.my_key();
reset role;
drop schema result cascade;
create schema result authorization phach_result_owner;
set local role phach_slip_owner;
drop function slip.is_open(uuid);
reset role;
