board-title = Progress of marking
board-closed = Round closed
board-papers = Papers
board-readings = Readings done
board-readings-bar = { $done } of { $wanted } readings done
board-thirds = Awaiting a third mark
board-judges = Judges
board-empty = No papers yet
board-empty-text = Papers appear here under their blind codes when the desk has cut the slips.
board-unassigned = { $n ->
    [one] One reading is in nobody’s hands.
   *[other] { $n } readings are in nobody’s hands.
  }
board-unassigned-text = Papers just cut, papers handed back by judges, or third marks. Look at the preview, then assign them all at once.
board-to-deal = Preview the assignment
board-short-title = Papers that lack a reading
board-short-text = Each has two ways: assign the reading to another judge, or, where the last assignment found nobody, excuse it with a reason.
board-short-more = There are more; they appear when these are settled.
board-short-which = Excuse what is missing of
board-lacks = { $n ->
    [one] lacks one reading
   *[other] lacks { $n } readings
  }
board-lacks-third = lacks the third mark
board-reason = Reason
board-reason-hint = 5 to 500 characters; it goes on record. Name no person or unit.
board-excuse = Excuse the reading
board-gaps-title = Discrepancies
board-gaps-text = Marks more than { $threshold } apart get a third mark, by a judge who has not read the paper. Marks given never change.
board-code = Blind code
board-marks = Marks
board-gap = Gap
board-next = Next
board-judges-title = Judges
board-judges-text = Marked, of all papers assigned. Papers handed back do not count.
board-judge = Judge
board-judge-bar = { $marked } of { $load } papers marked
board-marked = Marked
board-open = To do
board-recused = Handed back
board-undeclared = Not declared
board-earlier = Previous page
board-later = Next page
board-no-judges = No judges yet. The organizer invites them.
board-close-sure = I have seen the progress and close the round.
board-close-for-good = After the close no mark sheet is taken or changed any more; the standings appear.
board-close-title = Close the round
board-close-text = After the close no sheet can be added. Every sheet handed in before it counts.
board-may-close = Ready to close
board-may-not-close = Not ready to close
board-close = Close the round
board-closed-at = Closed at { $at }
board-to-standings = See the standings
board-step-no-papers = No slips have been cut yet
board-step-nothing-comes = No papers, and none can come any more: closed with empty standings
board-step-assigned = Every reading is assigned
board-step-unassigned = { $n ->
    [one] One reading is not assigned
   *[other] { $n } readings are not assigned
  }
board-step-read = Every paper has its readings
board-step-short = { $n ->
    [one] One paper is short of readings
   *[other] { $n } papers are short of readings
  }
board-step-agreed = No discrepancy awaits a third mark
board-step-thirds = { $n ->
    [one] One paper awaits a third mark
   *[other] { $n } papers await a third mark
  }
board-step-new-texts = { $n ->
    [one] One paper has a new text and awaits your decision
   *[other] { $n } papers have a new text and await your decision
  }
board-paper = Paper
board-agreed-title = Agreed mark
board-agreed = Agreed
board-third-waiting = Awaiting a third mark
board-not-yet = Short of readings
board-third = Third mark
board-agreed-mark = Agreed
board-excused = { $n ->
    [one] One reading excused.
   *[other] { $n } readings excused.
  }
board-originals = Mark sheets stay as they were handed in; the agreed mark is kept apart from them.
board-state-open = Not handed in
board-state-recused = Handed back
board-sheet = Mark sheet of { $judge }
board-criterion = Criterion
board-total = Total
deal-title = Assignment
deal-lede = Papers are dealt to judges by lot: everybody gets the same number where limits and relations allow, nobody gets a paper to be avoided, and nobody can choose a pair.
deal-wanted = Readings to assign
deal-thirds = { $n ->
    [one] one of them a third mark
   *[other] { $n } of them third marks
  }
deal-dealt = Can be assigned
deal-short = Nobody left
deal-load = Papers a judge, afterwards
deal-look-again = Please look over the preview below.
deal-closed = The round is closed.
deal-closed-text = Nothing more can be assigned.
deal-nothing = Nothing to assign
deal-nothing-text = Every paper has its readers. Papers handed back and third marks appear here when there are any.
deal-to-board = Back to progress
deal-undeclared = { $n ->
    [one] One judge has not declared relations
   *[other] { $n } judges have not declared relations
  }
deal-undeclared-text = Until then they get no papers. They may still declare after this assignment: the next one will include them.
deal-more = and { $n } more
deal-cap-title = Limit
deal-cap = At most, a judge
deal-cap-hint = Papers in one judge’s hands, marked ones included. Leave empty for no limit.
deal-preview = Preview again
deal-do-title = Assign
deal-do-text = Pairs of judge and paper are drawn when you press. Whoever has a paper cannot change the declaration any more, only hand papers back.
deal-do = { $n ->
    [one] Assign one reading
   *[other] Assign { $n } readings
  }
deal-do-none = Record that nobody is left
deal-short-title = Readings that cannot be assigned
deal-short-text = No judge is left who may read them and has room. After the assignment they can be excused, with a reason.
deal-lacking = Lacks
deal-loads-title = Papers by judge
deal-loads-text = Before and after. Papers handed back do not count.
deal-now = Now
deal-after = Afterwards
deal-exclusions-title = Pairs to be avoided
deal-exclusions-text = Counts by ranking group only; nobody can see which pairs, or why.
deal-group = Ranking group
deal-pairs = Pairs
deal-few = fewer than 5
said-reading-excused = The reading is excused.
said-papers-dealt = Assigned. The judges see their papers at once.
said-round-closed = The round is closed. A tie over a line of prizes, if there is one, waits for your answer below.
refusal-cap-unusable = The limit is a whole number from 1, or empty.
refusal-board-reason-needed = Give a reason of 5 to 500 characters.
refusal-code-needed = Choose a paper.
refusal-deal-stale = Something has changed since the preview: papers, declarations or judges. Nothing was assigned; look at the new preview and press again.
refusal-deal-excluded = A declaration has just come in. Nothing was assigned; load the preview again.
refusal-excuse-not-short = By the last assignment this paper lacks nothing, so there is nothing to excuse. If a paper was just handed back, assign first.
refusal-close-no-papers = No slips have been cut. A contest without papers closes only when queries are over and no valid entry waits for the cut.
refusal-close-short = Papers are short of readings or await a third mark, so the round cannot be closed. What is left is listed below.
refusal-board-closed = The round is closed, so this can no longer be done.

batch-title = The batch
batch-text = Papers sent back, third marks and other changes move together: every night, at once when every first marking of a ranking group is in, or on your call from five moves on. So nobody can tell why a paper changes hands.
batch-waiting = { $n } moves wait.
batch-few = Fewer than five moves wait, or none.
batch-last = The last batch: { $day }, { $n } moves.
batch-last-few = The last batch: { $day }, fewer than five moves.
batch-do = Move now
batch-quiet = A ranking group has all its first markings: what waits there can move now, even below five.
batch-not-yet = You cannot call it yet: it takes five moves, or a ranking group with all its first markings in. The nightly batch passes all the same.
deal-waits = Waits for the batch
said-batch-passed = Moved. What changed hands is with its new judges.
refusal-batch-small = Fewer than five moves wait, and the first markings are not all in: the batch passes tonight, or as soon as they are.
refusal-batch-nothing = Nothing can be moved now.
refusal-moves-wait = Moves are still waiting: press “Move now” on the chair’s page, or wait a minute.
refusal-close-new-text = A paper that was marked has a new text: decide whether it is read again before you close.
refusal-reading-decided = This paper no longer waits for a decision on re-reading.

texts-title = { $n ->
    [one] { $n } paper that was read has a new text
   *[other] { $n } papers that were read have a new text
 }
texts-text = The text under these codes has just been replaced. Read again: the judges who read it have their sheets open once more, with their marks filled in; the old sheets are kept apart. Or the marks stand.
texts-reason-hint = 5 to 500 characters, kept in the record.
texts-again = Read again
texts-stands = Let the marks stand
said-reading-again = The paper’s judges have their sheets open again, for the new text.
said-reading-stands = The marks stand.
board-aside = The former sheet of { $judge }: { $total }, no longer counted.

board-withdrawn = Withdrawn
board-agreed-chair = Decided by the chair
board-decided = The chair decided { $mark } (first marks: { $marks }).
board-decided-void = No longer stands
gaps-title = Discrepancies by size
gaps-lede = Every paper whose first marks are more than { $threshold } apart, the largest gap first, settled ones too.
gaps-none = No discrepancies
gaps-none-text = No paper’s first marks are more than { $threshold } apart.
gaps-caption = { $n ->
    [one] One paper
   *[other] { $n } papers
  }
gaps-state = State
gaps-all = All discrepancies by size, settled ones too
gap-wanted = To be assigned
gap-dealt = Third mark under way
gap-in = Third mark in
gap-short = Nobody left: decide the mark
decide-title = No judge is left for the third mark
decide-text = The last assignment found nobody. Invite more judges and assign again; or read the paper and its sheets and decide the agreed mark yourself. It is recorded as the chair’s decision.
decide-mark = Agreed mark
decide-mark-hint = From 0 to { $max }, in steps of { $step }.
decide-do = Decide the mark
aside-title = Set this sheet aside
aside-text = The sheet stays on file as it is but counts no more; the paper lacks a reading, which goes to another judge with the next batch.
aside-do = Set the sheet aside
judge-withdrawn = Withdrawn from marking.
judge-sheets-kept = The sheets handed in still count.
judge-sheets-again = The sheets handed in are set aside, and the papers read again.
withdraw-title = Withdraw from marking
withdraw-text = This person marks no more papers. The account and its hat stay on record.
withdraw-open = { $n ->
    [one] One paper without a sheet goes to another judge with the next batch; a sheet half written is dropped.
   *[other] { $n } papers without a sheet go to other judges with the next batch; sheets half written are dropped.
  }
withdraw-sheets = { $n ->
    [one] One sheet handed in
   *[other] { $n } sheets handed in
  }
withdraw-kept = They count
withdraw-kept-text = Marks given stay as they are.
withdraw-again = Set aside and read again
withdraw-again-text = The sheets stay on file but count no more; those papers lack a reading, which goes to other judges.
withdraw-reason-hint = 5 to 500 characters; it goes on record. Name no code and no paper.
withdraw-sure = I withdraw this person from marking.
withdraw-for-good = In this contest the person cannot mark again.
withdraw-do = Withdraw
said-judge-withdrawn = Withdrawn. Papers not finished go to other judges with the next batch.
said-sheet-aside = The sheet is set aside. The paper goes to another judge with the next batch.
said-mark-decided = The chair’s decision is on record.
requests-title = Requests from judges
requests-lede = Each request comes with its paper’s code and without an hour.
requests-waiting = { $n ->
    [one] { $n } request from judges waits for an answer
   *[other] { $n } requests from judges wait for an answer
}
corrections-title = Corrections
corrections-none = No sheet waits for an answer.
corrections-text = If you allow it, the old sheet is kept on file as it is and counts no more; the judge has the paper again with the old marks, to change them and submit.
corrections-answer = Reason
corrections-answer-hint = Needed when you decline, 5 to 500 characters; the judge reads it. Name no person and nobody else’s mark.
corrections-allow = Allow
corrections-decline = Decline
said-correction-allowed = The correction is allowed. The judge has the paper again with the old marks.
said-correction-declined = Answered: the sheet stands.
reports-title = Papers with a problem
reports-none = No paper waits for a decision.
reports-text = What you send to the desk reaches it with the next batch, as the problem and the paragraph’s number: no code, no judge, no hour.
reports-note = Your note
reports-note-hint = Only chairs read it. Needed for “Keep a note”, 5 to 500 characters.
reports-nothing = Nothing to do
reports-keep-note = Keep a note
reports-desk = Send to the desk
reports-past = Decided
reports-state = Outcome
reports-state-nothing = Nothing to do
reports-state-note = Note kept
reports-state-late = Sealed before it was decided
reports-state-desk = Sent to the desk, no answer yet
said-report-sent = It reaches the desk with the next batch.
said-report-decided = The decision is kept.
refusal-report-decided = This report has been decided already.
refusal-correction-answered = This request has been answered already.
refusal-correction-gone = This sheet is no longer there: it was set aside, or the paper is no longer being marked.
refusal-correction-agreed = The paper has an agreed mark by now, so a correction cannot be allowed; it can only be declined.
refusal-round-to-reopen = The round is closed: it must be re-opened first.
refusal-third-is-decided = This paper awaits a third mark, which cannot be excused. Where nobody is left, decide the mark on the paper’s page.
refusal-third-not-short = This paper does not await your decision: no third mark is wanted, or the last assignment still found a judge.
refusal-decided-mark-range = The mark is between 0 and { $max }, in steps of { $step }.
refusal-sheet-gone = This sheet is no longer with the paper: it may have been set aside.
refusal-judge-withdrawn = This person has been withdrawn from marking already.
refusal-sheets-choice-needed = Say whether the sheets handed in count or are set aside.

reopen-title = Re-open the round
reopen-text = Until the seal the round can be re-opened if you ask for it and another person, an organizer, confirms within 7 days. The standings, the proposed prizes and the answers to ties of this close are void then; they stay on file.
reopen-ask = Ask to re-open
reopen-asked = { $by } has asked to re-open the round; an organizer confirms before { $until }.
reopen-withdraw = Withdraw the request
reopen-past = Re-openings
reopen-past-line = Closed at { $closed }, re-opened at { $at }.
reopen-wanted = The chair asks to re-open the round
reopen-wanted-text = Asked by { $by }. It can be confirmed until { $until }, by another person.
reopen-sure = I agree that the round is re-opened.
reopen-what = The standings, the proposed prizes and the answers to ties are void; the chair closes the round again later.
reopen-confirm = Re-open the round
reopen-decline = Do not re-open
said-reopening-asked = The request is sent. An organizer confirms on the page of the prizes.
said-reopening-withdrawn = The request is withdrawn.
said-round-reopened = The round is open again. Standings come back when the chair closes it.
said-reopening-declined = Answered: the round stays closed.
refusal-reopening-asked = A request to re-open already awaits an organizer.
refusal-reopening-gone = This request awaits no answer any more: it was answered, withdrawn, or is older than 7 days.
refusal-reopening-two = Whoever asks and whoever confirms are two different people.
board-extra = { $n ->
    [one] One tied paper awaits another reading.
   *[other] { $n } tied papers await another reading.
  }
board-extra-text = For all other papers the round stays closed.
board-one-reader = Each paper is read only once.
board-one-reader-text = There is no second mark to compare with: a discrepancy can never show. The rules allow it; say so in the minutes.
groups-title = By ranking group
groups-text = First readings in, of those owed; third marks awaited and in; readings in nobody’s hands.
groups-group = Group
groups-readings = First readings
groups-thirds = Thirds awaited / in
groups-unassigned = Unassigned
groups-few = Fewer than 5 papers: a code can hardly hide an author
board-short-wait = to be assigned, or waiting for the batch
board-or-deal = or assign again

# Replay of the assignment
deal-seed-text = The seed of the lot was in the database before you press, and nobody can read it. Its SHA-256:
replay-link = The assignments: hashes and replay
replay-title = Replay of the assignment
replay-lede = Each assignment is drawn by a seed whose hash stood in the record before. Seed and input stay in the database; this page has the lots drawn again and compares them with the pairs that are stored. No pair can be seen here.
replay-next = Seed of the next assignment
replay-next-none = None yet: the first seed is made when slips are cut.
replay-holds = Yes.
replay-holds-text = Each assignment, replayed, gives the very pairs that are stored.
replay-fails = No.
replay-fails-text = Something differs from what the lots gave. Tell the auditor and the organizers before marking goes on.
replay-beside = { $n ->
    [one] { $n } reading was given by no assignment.
   *[other] { $n } readings were given by no assignment.
}
replay-none = Nothing has been assigned yet
replay-none-text = After the first assignment its replay is shown here.
replay-deals = Assignments
replay-nth = Assignment { $n }
replay-at = At
replay-seed = SHA-256 of the seed
replay-input = SHA-256 of the input
replay-pairs = Pairs
replay-yes = the same
replay-no = not the same
share-title = A share for new judges
share-lede = Judges who first declared after the first assignment get a share of the papers that nobody has opened. What is opened, begun or marked stays where it is; nobody gets a paper to be avoided, or one held before.
share-link = A share for new judges
share-nobody = There is no new judge
share-nobody-text = Everybody who has declared did so before the first assignment, or nothing has been assigned yet. A new judge is listed here once the declaration is made.
share-undeclared = { $n ->
    [one] One person has not declared yet and gets no papers before that:
   *[other] { $n } people have not declared yet and get no papers before that:
  }
share-even = Nothing needs to move
share-even-text = Loads are as even as they can be, or no unopened paper is left that a new judge may have.
share-moves = Papers that move
share-after = Papers a judge, afterwards
share-loads = Who gives, who gets
share-loads-text = Numbers only. Which papers move is drawn by lot on pressing; nobody chooses.
share-gives = Gives
share-gets = Gets
share-new = new
share-do-title = Give a share
share-do-text = What moves leaves its judge’s list and does not come back. New judges hear by letter that papers await them. The record keeps the number.
share-sure = I have seen how many papers each judge gives and gets.
share-sure-hint = It cannot be taken back.
share-do = { $n ->
    [one] Move one paper
   *[other] Move { $n } papers
  }
said-papers-shared = New judges have got their share.
refusal-nobody-late = No judge first declared after the first assignment.
share-after-load = Afterwards
