set local role phach_slip_owner;
drop function slip.carry(jsonb), slip.answer(uuid), slip.report(text);
reset role;
set local role phach_named_owner;
drop trigger end_reports on named.entry;
drop function named.end_reports_with_entry(), named.answer_report(uuid, uuid, text), named.pass_answers(uuid), named.take_reports(uuid, jsonb);
drop table named.report;
reset role;
set local role phach_blind_owner;
drop function blind.take_answers(text, jsonb), blind.pass_reports(text), blind.decide_report(uuid, text, text), blind.reports(), blind.my_reports(),
  blind.report_paper(text, text, int, text);
drop table blind.report_answer, blind.report_decision, blind.report;
drop function blind.answer_correction(uuid, boolean, text), blind.corrections(), blind.my_queue(), blind.my_corrections(), blind.ask_correction(text, text), blind.correctable(text, uuid);
drop table blind.correction_answer, blind.correction;
reset role;
