set local role phach_named_owner;
drop function named.correct_unit(uuid, int, uuid, text), named.correct_author(uuid, int, int, jsonb, text), named.follow_correction(named.entry, named.version),
  named.hold_correctable(uuid, int, text);
drop table named.correction;
reset role;
set local role phach_slip_owner;
drop function slip.is_sealed(uuid);
reset role;
set local role phach_account_owner;
drop function account.change_address(bytea, bytea), account.ask_address(text, text, bytea, text, text);
drop trigger was_confirmed on account.account;
drop function account.was_confirmed();
drop index account.account_unconfirmed;
reset role;
set local role phach_named_owner;
drop function named.follow_address(uuid, text, text), named.written_to(uuid), named.mend_contact(uuid, text, text, text), named.note_came_back(uuid, text, text),
  named.hold_received(uuid), named.raise_failed_letters(), named.review_mail(uuid), named.is_written_to(named.entry, text), named.lower_unconfirmed(uuid),
  named.raise_overdue(), named.answer_coauthor(bytea, boolean, text), named.coauthor_asked(bytea), named.ask_coauthors(uuid, uuid), named.review_coauthors(uuid),
  named.looked_into(uuid, text), named.hold_flag(uuid, text, boolean), named.mail_key(text), named.tell(named.entry, text, jsonb), named.contact_of(named.entry),
  named.recipient_of(named.entry), named.address_of(uuid, uuid);
drop table named.undelivered, named.contact, named.coauthor_answer, named.coauthor;
revoke usage on schema named from phach_public;
reset role;
set local role phach_account_owner;
revoke execute on function account.attempt(bytea, int, interval) from phach_named_owner;
reset role;
set local role phach_mail_owner;
drop function mail.redirect(text, text, text), mail.take_failed();
drop policy own_redirect on mail.letter; drop policy own_unsent on mail.letter;
reset role;
