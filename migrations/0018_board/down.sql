set local role phach_blind_owner;
drop function blind.awaits_extra(text), blind.round_open(), blind.order_extra(uuid, int, int, text);
drop table blind.extra_reading;
reset role;
set local role phach_blind_owner;
drop function blind.withdraw_reopening(uuid), blind.answer_reopening(uuid, boolean), blind.take_back(uuid, uuid), blind.hold_reopening(uuid, uuid),
  blind.ask_reopening(text), blind.open_reopening(), blind.asked_reopening(uuid);
drop table blind.round_past, blind.reopening_answer, blind.reopening;
reset role;
set local role phach_account_owner;
drop function account.enqueue_reopening_letters(uuid);
reset role;
set local role phach_blind_owner;
drop function blind.decide_mark(text, int, text), blind.withdraw_judge(uuid, text, text), blind.set_aside(text, uuid, text), blind.set_sheets_aside(uuid, text[], text),
  blind.recount(text), blind.mend_round(uuid);
drop table blind.chair_mark, blind.withdrawal;
reset role;
