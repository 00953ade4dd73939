front-title = Essay contests
front-lede = The paper goes one way, the name another. Judges read the work and do not know whose it is.
front-how = How Phách keeps it blind
front-contests = Contests
front-opens = Opens at { $at }.
front-closes = Submit entries before { $at }.
front-closed = Closed at { $at }.
front-none = No contest yet
front-none-now = No contest is open or being marked now.
front-past = Contests with results
front-none-text = When a committee opens a contest, its rules appear here.
phase-announced = Opens soon
phase-open = Open
phase-intake = Closed
phase-queries = Queries
phase-published = Results are out
phase-closed = Closed
art-label = An exam paper with its slip cut off: the part with the name is parted from the work, and both carry the same code.
art-code = Code
art-name = Full name
art-unit = Unit
art-caption = The name stays in a sealed envelope. The work reaches judges under a code.
about-title = About Phách
about-promise = Through this program, nobody sees a name and a mark together until the ranking is sealed. The database keeps that, not a page.
about-how = How a contest passes through
about-step-submit = Submission
about-step-submit-text = A contestant gets an entry number, a receipt number and the SHA-256 of exactly what was sent.
about-step-cut = Screening and cutting
about-step-cut-text = The desk checks formal points; then each work gets a random code. From there on, name and work are in two places.
about-step-mark = Blind marking
about-step-mark-text = Several judges mark each paper independently. Too far apart, and a third mark follows.
about-step-seal = Seal
about-step-seal-text = The standings and the prize list by code are frozen. Their checksum stands on the results page once it is published; the text stays on the blind side.
about-step-open = Opening and results
about-step-open-text = Two key holders confirm; only the slips of winners open.
about-walls = Where the wall stands
about-walls-text = Every role works with its own rights in Postgres. A judge’s rights read no column of the named side; the desk’s rights read no row of the blind side. The table that joins name and code nobody can read.
about-record-text = Every decision is a line of a record that only grows, chained by SHA-256. The auditor reads it.
about-limits = Limits, said plainly
about-neutral = The program handles rules, papers and marks. It does not judge opinions.
contest-enter = Submit an entry
contest-at-limit = You are an author of as many entries as the rules allow.
contest-see-results = See the results
contest-work = Go to work: { $hat }
contest-read-rules = Read the rules
ticket-announced = Opens soon
ticket-open = Open for entries
ticket-intake = Closed for entries
ticket-queries = Closed for entries
ticket-closed = Closed
ticket-opens = Entries are accepted from { $at }.
ticket-closes = Submit entries before { $at }. An entry at exactly that time is late.
ticket-was = Entries had to arrive before { $at }.
ticket-clock = By the server’s clock ({ $offset }), not your device’s.
unit-days = days
unit-hours = hours
unit-minutes = minutes
unit-seconds = seconds
rules-title = Rules
rules-limits = Entries
rules-limit-category = At most { $n } { $n ->
    [one] entry
   *[other] entries
  } per person in a category.
rules-limit-overall = At most { $n } { $n ->
    [one] entry
   *[other] entries
  } per person in the whole contest.
rules-no-limit = No limit on entries.
rules-limit-free = Replace or withdraw until the deadline.
rules-names = No names in the work
rules-names-text = Write no name, unit or phone number in the work itself.
rules-readers = Marking
rules-readers-text = { $n ->
    [one] One judge marks each paper.
   *[other] { $n } judges mark each paper independently.
  } More than { $threshold } apart, and a third mark is added.
rules-third-mean3 = Then the final mark is the mean of the three, otherwise of the first ones.
rules-third-closest-pair = Then the final mark is the mean of the two closest, otherwise of the first ones.
rules-third-third-final = Then the final mark is the third mark, otherwise the mean of the first ones.
rules-own-none = Marks of single entries are not shown.
rules-own-mark = Once the results are out, contestants see the mark of their own entry.
rules-own-mark_and_comments = Once the results are out, contestants see the mark of their own entry and what the judges wrote, without a name.
rules-keys = Opening slips
rules-keys-text = Any two of these must confirm together:
rules-apart = People kept apart
rules-apart-strict = Those who see names and those who see marks are different people; the database refuses anything else.
rules-apart-declared = This contest declares that some people hold both roles. Every change of role is on record.
rules-categories = Categories
rules-words-hint = Words are counted as separated by spaces, as word processors do.
rules-category = Category
rules-length = Length
rules-authors = Authors
rules-ranked-in = Ranked in { $group }
rules-script = Send the script; the script is what is marked
rules-words = { $n } words
rules-any-length = Any length
rules-rubric = Criteria
rules-rubric-hint = Judges mark each criterion; the program adds them up.
rules-total = { $n } in all
rules-criterion = Criterion
rules-max = Maximum
rules-step = Steps of { $n }
rules-prizes = Prizes
rules-prizes-hint = Fewer prizes may be given than planned.
rules-prize = Prize
rules-places = Prizes
rules-money = Each
rules-collective = For collectives, by evidence; no marks are added up
rules-minimum = From { $points } points; withheld where no entry reaches them
needs-prizes = The unit must hold at least { $n } individual { $n ->
    [one] prize
   *[other] prizes
  }.
needs-prizes-level = The unit must hold at least { $n } { $n ->
    [one] prize
   *[other] prizes
  } at { $level } or above.
needs-received = The unit must have sent at least { $n } { $n ->
    [one] entry
   *[other] entries
  }.
needs-valid = The unit must have at least { $n } valid { $n ->
    [one] entry
   *[other] entries
  }.
rules-stages = Dates
stage-before = Until { $at }
stage-from = From { $at }
stage-opens = Submissions open
stage-closes = Entries
stage-intake = Late post
stage-queries = Answers to queries
stage-marking = Cutting and independent marking
stage-marking-text = From here on nobody sees a name beside a work
stage-results = Seal, opening and results
stage-results-text = Two key holders open together
rules-units = Units
rules-units-hint = An entry of no unit is welcome too.
rules-units-count = { $n } { $n ->
    [one] unit
   *[other] units
  }
rules-waivers = Small late batches
rules-waivers-hint = A late batch of fewer than five is cut only with the organizer’s waiver and its reason.
rules-by-hand = Done by hand
rules-by-hand-hint = What the rules say and the program does not do by itself; the committee does.
choice-lede = Begin with rules that come with the program or with a file of yours. The next page asks for the title, the dates and the key holders.
choice-nothing-made = No contest has been made.
choice-mistakes = { $n ->
    [one] One thing to fix in the file
   *[other] { $n } things to fix in the file
  }
choice-mistakes-text = Fix them in the file and upload it again. No contest has been made.
choice-copy = Copy rules that come with the program
choice-size = { $categories } { $categories ->
    [one] category
   *[other] categories
  }, { $prizes } prizes
choice-take = Copy these rules
choice-trial = Ten-minute trial
choice-upload = Upload a contest file
choice-file = Contest file (.toml)
choice-file-hint = Take a file of the folder contests as a model. At most 1 MB.
choice-read = Read the file
setup-lede = Rules copied from: { $original }. Change the head below; host, offices, prizes, units and all else stay as they are there until you edit them.
setup-name = Name
setup-title-vi = Title in Vietnamese
setup-title-en = Title in English
setup-en-hint = Empty: the Vietnamese title is used.
setup-slug = Name in addresses
setup-slug-hint = a–z, digits and hyphens, 3 to 40 characters. The contest’s page will be /c/ and this name.
setup-dates = Dates
setup-dates-hint = Local time of { $zone }, to the minute. Each is the first moment that is too late.
setup-opens = Opens
setup-closes = Closes for entries
setup-intake = Late post closes
setup-intake-hint = The same as above where nothing comes by post.
setup-queries = Queries close
setup-queries-hint = Afterwards the desk only accepts or refuses, then cuts.
setup-holders = Key holders
setup-holders-hint = At least two. Any two of them must confirm to open winners’ slips. Write the addresses of their accounts.
setup-holder-email = Address of key holder { $n }
setup-office-vi = Office of key holder { $n }
setup-office-en = Office in English { $n }
setup-back = Choose other rules
organizer-title = Organizer’s page
organizer-lede = Where the contest stands, what waits for you, who works on it. Invite people by their addresses; a role is given when the link in the letter is opened.
organizer-officials = Roles taken up
organizer-enough = Complete
organizer-needed = At least { $n } needed
organizer-nobody = Nobody yet
organizer-holders = Key holders
organizer-holders-text = A key holder needs some role in the contest, by an invitation to exactly this address (auditor, for instance), and the address confirmed.
organizer-opening = Page of the opening
organizer-holder-ready = Ready
organizer-holder-waiting = Not ready
organizer-invite = Invite
organizer-hat = Role
organizer-people = Addresses
organizer-people-hint = One per line, or a column pasted from a sheet. Names may stand beside them: Nguyễn An <an@example.org>.
organizer-invite-do = Send invitations
organizer-invited = Invitations sent
organizer-sent = Sent
organizer-state = State
organizer-by-link = By link
invited-waiting = Waiting
invited-redeemed = Taken up
invited-expired = Expired
invited-cancelled = Cancelled
organizer-again = Send again
organizer-cancel = Cancel
waiver-title = Allow a late batch of fewer than five
waiver-text = The first batch of a category may be of any size; a late one needs five. In a late batch of fewer a code cannot hide its author: whoever knows who was late can guess. The reason is printed on the rules page.
waiver-choose = Choose a category
waiver-reason = Reason
waiver-reason-hint = 5 to 500 characters, for everybody to read.
waiver-do = Allow it and publish the reason
said-contest-created = The contest is made. This is the rules page that everybody sees. “Go to work: Organizer” is where you invite officials, go on with the rules and see what waits.
said-invited = { $n ->
    [0] No new invitation was sent.
    [one] One invitation was sent.
   *[other] { $n } invitations were sent.
  } { $open ->
    [0] { "" }
    [one] One address has an open invitation already and got no second letter; Send again, in the list below, sends one.
   *[other] { $open } addresses have an open invitation already and got no second letter; Send again, in the list below, sends one.
  } { $worn ->
    [0] { "" }
    [one] One address has this role already.
   *[other] { $worn } addresses have this role already.
  }
said-invited-again = The invitation was sent again, with a new link. The old link no longer works.
said-invitation-cancelled = The invitation is cancelled. The link in its letter no longer works.
said-waived = Allowed. The reason stands on the rules page.
refusal-contest-slug-once = Another contest has this name in its address. Choose another.
refusal-key-holders-too-few = At least two key holders are needed, each with an address of their own.
refusal-contest-dates = Dates must follow in order: opens, closes, late post closes, queries close.
refusal-slug-unusable = A name in addresses has a–z, digits and hyphens between, 3 to 40 characters. For example: courage-2027.
refusal-contest-title-needed = Write the contest’s title, at most 200 characters.
refusal-date-unreadable = Write day and time, like 2027-07-15 17:00.
refusal-date-skipped = A clock change skips this time or shows it twice. Use { $fix }.
refusal-closes-before-opens = The closing must be after the opening.
refusal-intake-before-closes = This must not be before the closing for entries.
refusal-queries-before-intake = Queries must not close before late post does.
refusal-holder-twice = This address is already above. Each key holder needs a different one.
refusal-office-needed = Write the key holder’s office, at most 200 characters.
refusal-list-address-unusable = Line { $line }: “{ $found }” is not an e-mail address. Fix or delete that line; no invitation was sent.
refusal-list-other-side = { $found } belongs to the contest’s other side, or is invited there. Officials of the named side and of the blind side must be different persons; no invitation was sent.
refusal-list-empty = Paste at least one e-mail address.
refusal-list-too-long = At most { $max } addresses at a time. Split the list.
refusal-hat-needed = Choose a role.
refusal-category-needed = Choose a category.
refusal-waiver-reason-needed = Write a reason of 5 to 500 characters.
refusal-contest-file-large = The file is larger than 1 MB. Check that it is the right one.
refusal-contest-file-needed = Choose a contest file.
refusal-contest-file-not-text = This file is not UTF-8 text. Save it as UTF-8.

# News and answers
tab-news = News and answers
news-news = News from the committee
news-older = { $n } older
news-corrected = corrected { $day }
news-answers = Questions and answers
news-answers-hint = The committee answers what is often asked.
news-edit-title = News and answers
news-edit-lede = What you write here stands on the contest’s public page at once. What was published is never erased: each correction is a new wording, and the page says the day of it.
news-group-news = News
news-group-answer = Questions and answers
news-new-news = New item
news-new-answer = New question
news-title-news = Headline
news-title-news-en = Headline in English
news-body-news = Text
news-body-news-en = Text in English
news-title-answer = Question
news-title-answer-en = Question in English
news-body-answer = Answer
news-body-answer-en = Answer in English
news-english-hint = Where the English is left empty, the English page shows the Vietnamese. An empty line parts two paragraphs.
news-publish-news = Publish this news
news-publish-answer = Publish this answer
news-correct = Save the correction
news-remove = Take off the page
said-notice-written = Published. It stands on the contest’s public page now.
said-notice-removed = Taken off the public page.
refusal-notice-title-needed = Please write the headline or the question.
refusal-notice-body-needed = Please write the text.
refusal-notice-long = This is longer than { $most } characters. Please shorten it.
refusal-notice-changed = Somebody else has just corrected this or taken it off. What you wrote stands below; please look again, then save once more.
refusal-notices-too-many = There are 200 of these already. Please correct an older one instead of adding another.

# The rules to print
call-print = Printable call for entries
call-print-text = Press Ctrl+P (or Share, then Print on a phone) to print it or to save it as a PDF.
call-title = Call for entries
call-article = Article
call-dates = Dates
call-who = Who may enter, and how often
call-anybody = Anybody may enter.
call-other = Other rules
call-where = Where to send entries
call-where-text = Entries are sent on the contest’s page:
call-printed = Printed on { $day } from the contest’s page, which has the latest version.
organizer-optional = Not required
list-title = Invite by a list
list-lede = Upload a CSV file, or paste rows copied from a sheet. You see every row first; no letter goes before you press Invite.
list-nothing-sent = No invitation was sent. What you typed is still here.
list-preview = Preview
list-counts = { $good ->
    [0] No row can be invited.
    [one] One person will be invited.
   *[other] { $good } people will be invited.
  } { $left ->
    [0] { "" }
    [one] One row is left out; the reason stands beside it.
   *[other] { $left } rows are left out; the reason stands beside each.
  }
list-send = { $n ->
    [one] Invite one person
   *[other] Invite { $n } people
  }
list-left = Left out ({ $n })
list-good = Will be invited ({ $n })
list-at = Line { $line }
list-name = Name
list-why = Reason
list-read = The list
list-mend = Fix the list
list-columns = Columns: name, e-mail, role. With a row of headings they may stand in any order and others are ignored; without one, cells are recognized by what they hold. They are separated by commas, semicolons or tabs. At most 2,000 rows.
list-usual = Role where the cell is empty
list-usual-hint = A file may say: judge, chair of the judges, the desk, organizer, auditor.
list-file = CSV file
list-file-hint = UTF-8, at most 512 kB. In Excel: Save as → CSV UTF-8. Where there is a file it is read, and the field below is not.
list-rows = Or paste rows
list-rows-hint = For example: Nguyễn An, an@example.org, judge
list-look = Preview
list-row-address = There is no usable e-mail address. Fix it and preview again.
list-row-above = It stands above the line of headings and was not read. If it is a person, move it below that line.
list-row-hat = No role is called “{ $hat }”. Use one of the names told at the role below.
list-row-twice = This address with this role stands in line { $line } already; each person gets one invitation.
list-row-open = Has an open invitation already. Send again, on the organizer’s page, sends another letter.
list-row-worn = Has this role already.
list-row-other-side = Belongs to the other side of the contest, or has an open invitation to it. Officials of the named side and of the blind side must be different persons.
list-row-oneself = This is your own address. Nobody gives a role to oneself.
organizer-list = Invite by a list (CSV)
organizer-list-text = For many people upload a CSV file: a name, an address and a role per row, with a preview before anything is sent.
refusal-list-is-workbook = This is a workbook, not CSV. In Excel choose Save as → CSV UTF-8, or copy the rows and paste them into the field.
refusal-list-not-utf8 = The file is not in UTF-8, so names with marks would come out wrong. In Excel choose Save as → CSV UTF-8.
refusal-list-file-large = The file is larger than { $kb } kB. Split the list.
refusal-list-no-address-column = The row of headings has no column of addresses. Call it Email.
refusal-list-edited = The list was edited after you looked, so nothing has been sent. Look again and press Invite.
refusal-list-changed = { $n ->
    [0] Since you looked the list has changed: nobody is left to invite.
    [one] Since you looked the list has changed: one person can be invited now. Look again and press Invite.
   *[other] Since you looked the list has changed: { $n } people can be invited now. Look again and press Invite.
  }

# What is done, what waits
turns-title = Where the contest stands
turns-text = What is done, what is waiting, and for whom.
turn-is-done = (done)
turn-yours = Your turn
turn-rules = Write the rules
turn-rules-lacks = { $n ->
    [one] One thing is missing, named above.
   *[other] { $n } things are missing, named above.
  }
turn-people = Invite the officials
turn-people-lacks = Not enough yet: { $hats }.
turn-receive = Receive entries
turn-receive-opens = Opens at { $at }.
turn-receive-closes = Closes at { $at }.
turn-receive-closed = Closed at { $at }.
turn-screen = Screen and query
turn-screen-until = Queries close at { $at }.
turn-cut = Cut the slips
turn-cut-from = Possible from { $at }.
turn-cut-now = Every deadline has passed: decide on what is left, then cut the slips.
turn-cut-some = Cut in { $n } of { $of } categories.
turn-deal = Declare and deal
turn-undeclared = { $n ->
    [one] One judge has not declared.
   *[other] { $n } judges have not declared.
  }
turn-mark = Mark and close the round
turn-mark-now = The judges are marking; the chair closes when every paper has its readings.
turn-ties = Answer the ties
turn-ties-n = { $n ->
    [one] One tie over a prize line.
   *[other] { $n } ties over a prize line.
  }
turn-seal = Propose the prizes and seal
turn-open = Open the slips
turn-open-two = Two key holders are needed, within 30 minutes of each other.
turn-open-second = One key is turned; a second is needed before { $at }.
turn-publish = Collective prizes and publication
organizer-count = { $n } people
organizer-invited-all = See all { $n } invitations
organizer-reopening = The chair asks to open the round again.
organizer-reopening-do = Read and answer
people-title = List of officials
people-back = Back to the organizer’s page
people-list = List
people-any-hat = Any role
people-q = Name or address
people-find = Find
people-found = { $n } found
people-none = There is nobody like that. Try with fewer conditions.
people-name = Name
turn-mark-ready = Every paper has its readings and nothing waits: the round can be closed.
turn-mark-left = { $n ->
    [one] One reading is left.
   *[other] { $n } readings are left.
  }

# Trials
setup-trial-name = Trial: { $title }
setup-trial-blank = Trial contest
setup-trial-text = A trial: its name says so, its address leaves the real one free, it opens at once and closes in ten minutes. Everybody can see its page.
setup-trial-text-blank = A trial: its name says so, and it closes in an hour. Submissions open as soon as the rules have everything they need.
choice-blank-trial = Try it for an hour
