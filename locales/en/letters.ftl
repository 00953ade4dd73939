letter-confirm-address-subject = Confirm your e-mail address
letter-confirm-address-text = You have created an account with Phách. Please confirm within 7 days that this address is yours. If it was not you, ignore this letter.
letter-confirm-address-button = Confirm the address
letter-already-registered-subject = You have an account already
letter-already-registered-text = Somebody just used this address to create an account, but it has one already. If it was you, sign in; a forgotten password can be reset on the same page. If it was not you, nothing needs to be done.
letter-already-registered-button = Sign in
letter-reset-password-subject = Reset your password
letter-reset-password-text = The link below sets a new password, once, within one hour. If you did not ask for it, ignore this letter; the password stays as it was.
letter-reset-password-button = Set a new password
letter-password-changed-subject = Your password was changed
letter-password-changed-text = The password of your account was just changed and every session was ended. If it was not you, reset the password now.
letter-password-changed-button = Reset the password
letter-invitation-subject = Invitation to { $contest }
letter-invitation-text =
    You are invited to { $contest } as: { $hat }. The link works once, within 30 days.

    (Tiếng Việt: đây là lời mời giữ một vai trò trong cuộc thi này. Trang của liên kết có tiếng Việt.)
letter-invitation-button = See the invitation
letter-receipt-subject = Receipt for entry no. { $number }
letter-receipt-text =
    “{ $title }” was received for { $contest } at { $received-at }, by the server’s clock.

    Entry number: { $number }

    Receipt number: { $receipt }

    SHA-256 of exactly what was received: { $sha256 }

    Please keep this letter. Before the deadline the entry can be replaced or withdrawn on its page; a replacement gets a receipt of its own.
letter-receipt-button = See the receipt
letter-query-subject = The desk asks about entry no. { $number }
letter-query-text = The desk of { $contest } needs an answer or a correction from you on entry no. { $number }. The question is on the entry’s page. Please answer there before { $until }; after that the desk may decide on what it has.
letter-query-button = See and answer
letter-entry-refused-subject = Decision on entry no. { $number }
letter-entry-refused-text = The desk of { $contest } has decided that entry no. { $number } cannot be accepted for marking. The reason is on the entry’s page.
letter-entry-refused-button = See the reason
letter-entry-struck-out-subject = Entry no. { $number } was struck out
letter-entry-struck-out-text = The desk of { $contest } has struck out entry no. { $number } after the cut. The reason is on the entry’s page.
letter-entry-struck-out-button = See the reason
letter-entry-withdrawn-subject = Entry no. { $number } is withdrawn
letter-entry-withdrawn-text = The desk of { $contest } has granted your request: entry no. { $number } is withdrawn. It has no result.
letter-entry-withdrawn-button = Open the entry’s page
letter-key-wanted-subject = Your key is wanted: { $contest }
letter-key-wanted-text = The standings and the prize list of { $contest } are sealed. You hold one of the keys: please open the page of the opening and confirm, within 30 minutes of another key holder. To confirm you need your own password and the last four characters of the seal’s hash, which stand in the minutes of the seal that the organizer hands you.
letter-key-wanted-button = Go to the opening
letter-entry-accepted-subject = Entry no. { $number } is valid
letter-entry-accepted-text = After your answer the desk of { $contest } has decided that entry no. { $number } is valid. The page of its receipt shows where it stands.
letter-entry-accepted-button = See where it stands
letter-papers-await-subject = Papers await you: { $contest }
letter-papers-await-text = The chair of the judges of { $contest } has assigned papers to you. They are on the page Papers, to be marked in any order. If you know whose a paper is, choose “I should not mark this paper”.
letter-papers-await-button = To the papers
letter-results-out-subject = The results of { $contest } are out
letter-results-out-text = The results of { $contest } have been published. See them on the contest’s page.
letter-results-out-button = See the results
letter-extended-subject = Deadline extended: { $contest }
letter-extended-text = The deadline of { $contest } has moved: entries are accepted before { $until }. The rules page says why. A draft is not a submission; please submit before the new deadline.
letter-extended-button = See the rules
letter-entry-extended-subject = Your entry has more time: { $contest }
letter-entry-extended-text = The desk of { $contest } has given your entry more time: it is accepted before { $until }. The entry’s page says why. A draft is not a submission; please submit before then.
letter-entry-extended-button = Open the entry
letter-extension-proposed-subject = Please confirm an extension: { $contest }
letter-extension-proposed-text = An extension of { $contest } to before { $until } is proposed. It counts once somebody other than the proposer confirms it.
letter-extension-proposed-button = See and confirm
letter-greeting = Dear { $name },
letter-greeting-plain = Hello,
letter-draft-reminder-subject = Draft not submitted: { $contest }
letter-draft-reminder-text = Drafts of yours that are not submitted in { $contest }: { $number }. A draft is not an entry.

    Entries are accepted before { $until }. If you no longer mean to enter, there is nothing to do.
letter-draft-reminder-button = Open your entries
letter-coauthor-asked-subject = Are you a co-author? { $contest }
letter-coauthor-asked-text =
    A work entered for { $contest } names you as a co-author. Entered by: { $sender }.

    Please open the link below to see its title, and confirm or object within 7 days. No account is needed. Please do not forward this letter.
letter-coauthor-asked-button = See and answer
letter-coauthor-objects-subject = A co-author of entry no. { $number } objects
letter-coauthor-objects-text =
    { $other } answered that they did not write entry no. { $number } for { $contest } with you.

    It may be a mere misunderstanding. The entry still counts; the desk looks into it and writes to you if need be. Before the deadline you can correct the authors on the entry’s page.
letter-coauthor-objects-button = Open the entry
letter-contact-mended-subject = Letters of { $contest } now come to this address
letter-contact-mended-text =
    Letters to your earlier address did not arrive, so the desk of { $contest } has recorded this one. What did not arrive is sent again.

    You still sign in with the earlier address. To sign in with this one, sign in and change it on your account’s page. If this is not you, tell the organizers.
letter-contact-mended-button = Open the entry
letter-contact-left-subject = Letters of { $contest } no longer come to this address
letter-contact-left-text = The desk of { $contest } has recorded another address to write to you. The address you sign in with stays. If you did not ask for this, tell the organizers.
letter-contact-left-button = See the contest
letter-address-change-subject = Change the address you sign in with
letter-address-change-text = Somebody asked to sign in with this address instead of an earlier one. The link works once, within one day. If it was not you, ignore this letter; nothing changes.
letter-address-change-button = Change the address
letter-address-left-subject = The address you sign in with was changed
letter-address-left-text = Your account now signs in with another address. Letters no longer come here. If it was not you, tell the organizers of your contest at once.
letter-address-left-button = Open the front page
letter-author-corrected-subject = The authors of entry no. { $number } were corrected
letter-author-corrected-text = The desk of { $contest } has corrected an author’s details or the unit of entry no. { $number }. The receipt’s page shows what stands now; if it is not right, tell the desk. The work as received does not change.
letter-author-corrected-button = See the receipt
letter-post-author-corrected-subject = The authors of entry no. { $number } were corrected
letter-post-author-corrected-text = The desk of { $contest } has corrected an author’s details or the unit of entry no. { $number }, which came by post. If they are not right, or you did not ask for it, tell the desk. The work as received does not change.
letter-post-author-corrected-button = See the contest
letter-repair-asked-subject = Please send entry no. { $number } again
letter-repair-asked-text = Something in entry no. { $number } of { $contest } is damaged, and only you can fix it. Open the entry’s page to see what the desk needs and to send a repaired file or text before { $until }. After that the text that stands stays in the contest.
letter-repair-asked-button = See and send it
letter-repair-taken-subject = The repaired text of entry no. { $number } is accepted
letter-repair-taken-text = The desk of { $contest } has accepted the repaired text that you sent for entry no. { $number }. It takes the place of the old one.
letter-repair-taken-button = Open the entry
letter-repair-unusable-subject = The repaired text of entry no. { $number } cannot be used
letter-repair-unusable-text = The desk of { $contest } has looked at the repaired text that you sent for entry no. { $number } and cannot use it. The reason is on the entry’s page. The text that stands stays in the contest.
letter-repair-unusable-button = See the reason
letter-repair-taken-back-subject = No repaired text of entry no. { $number } is needed any more
letter-repair-taken-back-text = The desk of { $contest } needs no repaired text of entry no. { $number } any more. The text that stands stays in the contest; there is nothing to do.
letter-repair-taken-back-button = Open the entry
letter-reopening-asked-subject = Please answer: the round of { $contest } may be re-opened
letter-reopening-asked-text = The chair of { $contest } asks to re-open the closed round of marking. It counts once you or another organizer confirms it within 7 days.
letter-reopening-asked-button = See and answer
letter-key-replacement-subject = A key holder is to be replaced: { $contest }
letter-key-replacement-text = A key holder of { $contest } proposes to replace or add a key holder. Please open the page of the key holders to read the reason and confirm, or tell the organizer if it seems wrong.
letter-key-replacement-button = Go to the key holders
letter-key-replaced-subject = The key holders have changed: { $contest }
letter-key-replaced-text = Two key holders of { $contest } have confirmed a change. The page of the key holders says who holds a key now.
letter-key-replaced-button = Go to the key holders
letter-key-strike-subject = Your key is wanted: { $contest }
letter-key-strike-text = A key holder of { $contest } proposes a decision that needs a second key holder. Please sign in to read it and confirm within seven days.
letter-key-strike-button = Go to the decision
letter-decision-wanted-subject = A second person is wanted: { $contest }
letter-decision-wanted-text = The committee of { $contest } proposes a decision about the results that needs another person. Please sign in to read it and confirm within seven days.
letter-decision-wanted-button = Go to the decision
letter-turn-deal-subject = The slips are cut: { $contest }
letter-turn-deal-text = The papers of { $contest } are cut and stand on your progress page, by code alone. The next step is yours: see which judges have not declared yet, then deal the papers.
letter-turn-deal-button = Open the progress page
letter-turn-close-subject = Every reading is in: { $contest }
letter-turn-close-text = Every paper of { $contest } has all its readings and nothing is waiting. The next step is yours: look over the progress once more, then close the round.
letter-turn-close-button = Open the progress page
letter-turn-seal-subject = Marking is closed: { $contest }
letter-turn-seal-text = The round of { $contest } is closed. The next step is yours: propose the prizes from the standings, then seal them. Where marks tie on a prize line, the chair answers first.
letter-turn-seal-button = Open the prizes page
letter-turn-key-subject = One key is turned: { $contest }
letter-turn-key-text = A key holder of { $contest } has just turned a key. One more is needed: if you turn yours before { $until }, the winners’ slips open; after that both begin again.
letter-turn-key-button = Open the opening page
letter-turn-publish-subject = The slips are open: { $contest }
letter-turn-publish-text = The slips of the prize winners of { $contest } are open. The next step is yours: decide on collective prizes, if there are any, then publish the results. Please keep the winners’ names to yourself until then.
letter-turn-publish-button = Open the publication page
