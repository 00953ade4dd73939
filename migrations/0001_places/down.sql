drop schema result, slip, blind, named, record, mail, account, contest, phach cascade;
alter default privileges for role phach_owner, phach_account_owner, phach_mail_owner, phach_record_owner,
  phach_named_owner, phach_blind_owner, phach_slip_owner, phach_result_owner grant execute on functions to public;
