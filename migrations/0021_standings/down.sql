set local role phach_blind_owner;
drop function blind.note_export(text);
drop trigger draw_charts on blind.standing;
drop trigger drop_charts on blind.standing;
drop function blind.draw_charts(), blind.drop_charts();
drop table blind.spread, blind.distribution;
drop index blind.standing_order;
reset role;
