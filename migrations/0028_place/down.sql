set local role phach_blind_owner;
drop function blind.my_place(text, text);
reset role;
