post-new-title = Record an entry that came by post
post-new-lede = One entry per envelope. Write what the paper says; leave empty what it does not say. Possible before { $at }.
post-again-title = Entry { $n }: write for its author
post-again-lede = Type the work, fix what was written wrong, or note what the author answered by telephone. The previous version is kept.
post-asked = The desk asked
post-envelope = Envelope
post-postmark = Postmark
post-postmark-none = empty where unreadable or handed in
post-postmark-hint = Not later than { $day }. Without one the arrival counts.
post-arrived = Arrived at
post-arrived-hint = Time of { $zone }.
post-condition = Condition
post-condition-whole = Intact
post-condition-damaged = Torn or wet
post-condition-opened = Opened
post-remark = Note on the envelope
post-authors = Authors
post-if-written = if written
post-guardian = Guardian (born in { $year } or later)
post-guardian-agrees = Signed by the guardian
post-declared = Declared and signed on paper
post-file = File enclosed (USB, disc)
post-file-or = or type it below
post-file-hint = .docx, .odt or .txt, 20 MB at most.
post-file-stays = The file { $name } stands; without another file and without text it stays.
post-text = Text
post-text-later = may be typed later
post-text-hint = Type it as it stands on paper. Without a text the entry cannot be valid.
post-note = The author’s answer
post-note-hint = Say how you know it, such as: answered by telephone on 16 July at 9.
post-write = Record it and get the receipt
post-write-again = Record this version
post-next = Next envelope
post-next-hint = Keeps what was written of the envelope, the category and the unit. Press Enter.
post-late = Posted too late.
post-late-text = The postmark (or the arrival) is past the last day: it cannot be valid. Refuse it with a reason, or give this entry more time if there is good cause.
post-untyped = No text yet.
post-untyped-text = The work is on paper only: type it or attach the file; then it can be decided on.
post-type = Type the work
post-open = Open entry { $n }
post-no-postmark = None, or unreadable
post-written-at = Written down at
post-code = Claim code
post-code-text = An author with an account signs in, opens “My entries” at the address below, chooses “I have a claim code” and types it. It works once. Whoever holds this code can claim the entry: keep it safe.
post-code-once = The code is shown this once.
post-code-told = The code was printed before and is not shown again. Another code ends the old one.
post-code-another = Issue another code to print
post-code-by-letter = Send another code to the author’s e-mail
post-letter-sent = The receipt (without the code) was also sent to the author’s e-mail.
post-card = Came by post
post-card-claimed = An account has claimed it: letters go there, and whoever holds the account changes and answers.
post-card-unclaimed = Nobody has claimed it yet; code issued { $at }.
post-card-call = It has no account and no e-mail: for a query, telephone, then write down the answer.
post-card-mail = A query’s message goes to the author’s e-mail; the desk writes down the answer.
post-card-write = Type it, fix it, or note an answer
post-card-late = Posted after { $day }.
post-filter = Only entries by post
post-tag = Post
post-untyped-tag = Not typed
desk-not-valid-untyped = It cannot be valid yet: the work is on paper only. Type it or attach a file first.
desk-file-untyped = The work is on paper only; there is no text yet.
desk-left-untyped = It is on paper only, not typed yet.
desk-left-post-late = It was posted too late.
desk-flag-post-late = Posted too late
desk-flag-text-post-late = The postmark, or without one the arrival, is past the last day of the rules. It cannot be valid unless this entry is given more time, or the postmark was misread.
desk-flag-paper-incomplete = Missing on paper
desk-flag-text-paper-incomplete = The paper lacks something that the rules ask: a declaration, a required answer, a year of birth or a guardian. Ask the author, then write it down.
desk-list-postmark = Postmark
desk-list-arrived = Arrived
desk-list-condition = Condition of the envelope
said-post-written = A new version is recorded for the author.
said-code-sent = Another code was sent to the author; the old one has ended.
said-entry-claimed = This entry belongs to your account from now on.
claim-have = I have a claim code
claim-text = The printed receipt of a posted entry bears a code of 12 characters. Type it to claim the entry for this account: you see where it stands and answer the desk here.
claim-word = Claim code
claim-do = Claim the entry
receipt-paper = On paper.
receipt-paper-text = The entry is written down; the desk types the text before screening.
verb-enter-post = Entry by post written down
verb-issue-claim-code = Claim code issued
verb-claim-entry = Entry claimed by an account
record-field-postmark = Postmark
record-field-condition = Condition of the envelope
record-condition-whole = intact
record-condition-damaged = torn or wet
record-condition-opened = opened
record-field-reply = The author’s answer (hashed)
record-field-by-letter = By letter
record-field-post = Only entries by post
refusal-postmark-unreadable = Write the postmark as a day, or leave it empty.
refusal-postmark-after-arrival = A postmark cannot be later than the day of arrival. Look at both again.
refusal-arrival-future = The arrival cannot be later than the server’s clock.
refusal-condition-needed = Choose the condition of the envelope.
refusal-remark-long = Shorten the note: at most { $max } characters.
refusal-guardian-long = Author { $n }: the guardian’s name has at most 200 characters.
refusal-file-again = A browser does not keep a chosen file: choose it again once the rest is fixed.
refusal-post-file-unreadable = This file cannot be read. Choose another .docx, .odt or .txt, or leave it out, write the entry down and type the work later.
refusal-intake-closed = The time for entries by post is over; nothing more is written down.
refusal-post-claimed = An account has claimed this entry; from now on whoever holds it changes and answers.
refusal-post-no-address = The paper gives no author’s e-mail. Issue a code to print.
refusal-post-late = It cannot be valid: it was posted too late. Refuse it with a reason, or give this entry more time.
refusal-claim-code-unknown = This code does not work: it may be mistyped, used, replaced by another one, or of another contest. Look at the receipt again, or ask the desk.
letter-post-receipt-subject = Entry no. { $number } by post received
letter-post-receipt-text =
    “{ $title }”, sent by post to { $contest }, was written down at { $received-at }.

    Entry number: { $number }

    Receipt number: { $receipt }

    The code that takes the entry into an account of yours is on the printed receipt; if it has not reached you, ask the desk.
letter-post-receipt-button = To the contest
letter-post-query-subject = The desk asks about entry no. { $number }
letter-post-query-text =
    The desk of { $contest } needs an answer about entry no. { $number } before { $until }:

    { $reason }

    Please write to the desk, or use the claim code on your receipt and answer on the page.
letter-post-query-button = I have a claim code
letter-post-entry-refused-subject = Decision on entry no. { $number }
letter-post-entry-refused-text =
    The desk of { $contest } has decided that entry no. { $number } cannot be accepted for marking. The reason:

    { $reason }
letter-post-entry-refused-button = To the contest
letter-post-entry-accepted-subject = Entry no. { $number } is valid
letter-post-entry-accepted-text = After your answer the desk of { $contest } has decided that entry no. { $number } is valid.
letter-post-entry-accepted-button = To the contest
letter-post-code-subject = Claim code for entry no. { $number }
letter-post-code-text =
    The code that takes “{ $title }” in { $contest } into your account, once: { $code }

    Sign in (or create an account), open “My entries”, choose “I have a claim code” and type it. An earlier code no longer works.
letter-post-code-button = Type the code
refusal-post-limit = An author of this entry has as many entries as the rules allow, by the own e-mail, or the own phone and name. If the e-mail or phone on the paper is somebody else’s, a school’s for instance, leave that field empty. If it is one too many, send the envelope back as the rules say.
letter-post-entry-extended-subject = More time for entry no. { $number }
letter-post-entry-extended-text = The desk of { $contest } has given more time to entry no. { $number }, which came by post: a corrected text is taken before { $until }. Please write to the desk, or use the claim code on your receipt and change it on the page. If nothing is to change, you need not do anything.
letter-post-entry-extended-button = I have a claim code
letter-post-entry-struck-out-subject = Entry no. { $number } was struck out
letter-post-entry-struck-out-text =
    The desk of { $contest } has struck out entry no. { $number } after the slips were cut. The reason:

    { $reason }
letter-post-entry-struck-out-button = To the contest
letter-post-coauthor-objects-subject = A co-author of entry no. { $number } objects
letter-post-coauthor-objects-text =
    { $other } answers that entry no. { $number }, sent by post to { $contest }, is not a work of theirs.

    It may be a mistake. The entry still counts; the desk will look into it and write if it needs to. To change the list of authors, please tell the desk.
letter-post-coauthor-objects-button = To the contest
letter-post-results-out-subject = The results of { $contest } are out
letter-post-results-out-text = The results of { $contest } have been published. See them on the contest’s page.
letter-post-results-out-button = See the results
