drop schema contest cascade;
create schema contest authorization phach_owner;
grant usage on schema contest to
  phach_public, phach_contestant, phach_clerk, phach_worker, phach_reader,
  phach_judge, phach_chair, phach_dealer, phach_organizer, phach_auditor,
  phach_account_owner, phach_mail_owner, phach_record_owner, phach_named_owner, phach_blind_owner, phach_slip_owner,
  phach_result_owner;
