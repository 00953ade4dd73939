set local role phach_record_owner;
drop policy auditor_reads on record.event;
create policy auditor_reads on record.event for select to phach_auditor using (contest = (select phach.contest()));
reset role;
set local role phach_slip_owner;
drop function slip.pass_moves(uuid[]), slip.moves_waiting(uuid, uuid[]), slip.recheck(uuid), slip.amend(uuid), slip.retire(uuid), slip.wait(uuid, text);
drop table slip.move;
reset role;
set local role phach_blind_owner;
drop function blind.decide_reading(text, boolean, text), blind.open_paper(text), blind.stir(uuid, text[]), blind.free_excluded(uuid[], text[]),
  blind.amend_paper(text, text, text), blind.retire_papers(text[]), blind.batches_due(), blind.end_batch(), blind.begin_batch(text), blind.batch_state(),
  blind.callable_groups(), blind.moves_waiting(uuid), blind.quiet_groups(uuid), blind.lacks(uuid);
drop table blind.aside, blind.night, blind.batch;
revoke select (new_text) on blind.paper from phach_chair;
revoke usage on schema blind from phach_record_owner;
reset role;
set local role phach_named_owner;
drop function named.amend(uuid, int, text, text, text, text), named.set_text(named.entry, int, text, text, text, text), named.withdrawal_asked(uuid),
  named.grant_withdrawal(uuid), named.ask_withdrawal(uuid), named.strike_out(uuid, text), named.hold_cut(uuid), named.clean_text(uuid);
drop table named.amendment;
reset role;
