set local role phach_slip_owner;
drop function slip.propose_strike(text, text), slip.confirm_strike(uuid), slip.drop_strike(uuid), slip.winners(), slip.strikes(), slip.move_up(uuid, text, uuid), slip.places_filled(uuid, uuid),
  slip.open_reserve(uuid, text, uuid);
drop table slip.strike;
drop function slip.propose_replacement(uuid, text, text, text, text), slip.confirm_replacement(uuid), slip.drop_replacement(), slip.holders(), slip.replacement(),
  slip.seal_minutes(), slip.opening_minutes(), slip.opened_first(uuid), slip.minutes_reader(), slip.check_replacement(uuid);
drop table slip.replacement;
reset role;
set local role phach_named_owner;
drop function named.strike_winner(uuid, text);
reset role;
set local role phach_blind_owner;
drop function blind.sealed_order(uuid);
reset role;
set local role phach_result_owner;
drop function result.amend(uuid, text, uuid, uuid), result.text(uuid), result.list(uuid), result.winners(), result.prizes_now(uuid);
drop table result.edition, result.moved_up, result.struck_out;
revoke select (category, number, title, authors) on result.opened from phach_slip_owner;
reset role;
