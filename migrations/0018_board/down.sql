set local role phach_blind_owner;
drop function blind.decide_mark(text, int, text), blind.withdraw_judge(uuid, text, text), blind.set_aside(text, uuid, text), blind.set_sheets_aside(uuid, text[], text),
  blind.recount(text), blind.mend_round(uuid);
drop table blind.chair_mark, blind.withdrawal;
reset role;
