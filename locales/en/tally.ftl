standings-title = Standings by code
standings-sealed = Sealed
standings-unsealed = Not sealed
standings-lede = Closed at { $at }. Equal marks share a rank; the next rank skips (1, 2, 2, 4).
standings-open = The round is not closed
standings-open-text = The standings appear here when you close the round on the page Progress.
standings-table = Standings
standings-groups = Ranking groups
standings-caption = { $papers } papers. Red dashes: the cut line, below the last place that has a prize.
standings-unread = { $n ->
    [one] One paper could not be read and has no rank.
   *[other] { $n } papers could not be read and have no rank.
  }
standings-rank = Rank
standings-mark = Mark
standings-prize = Level
standings-readings = Readings
standings-note = Note
standings-third = Had a third mark
standings-tied = Tied
standings-cut = Cut line
standings-line = End of { $prize }
standings-earlier = Previous page
standings-later = Next page
ties-title = Ties that wait for you
ties-text = Equal marks stand over the line of a level of prizes. The ranking cannot be sealed before you answer, and an answer stays.
ties-what = { $papers } papers with { $mark } each, { $places ->
    [one] one place
   *[other] { $places } places
  } of { $prize }
ties-answer = Answer
ties-all-in = All in
ties-all-in-text = All { $papers } papers get { $prize }.
ties-all-out = All out
ties-all-out-text = None of them gets { $prize }; they are considered for { $below }.
ties-all-out-none = None of them gets { $prize }; they stand below the cut line.
ties-do = Record the answer
answers-title = Answers given
answers-text = They are on record and cannot be changed.
said-tie-answered = The answer is recorded.
refusal-tie-gone = This tie no longer waits for an answer. Look at the standings below.
refusal-tie-answered-once = This tie has its answer.
refusal-tie-answer-needed = Choose one of three: all in, all out, or one more reading.
ties-another = One more reading
ties-another-text = Each of the { $papers } papers is read once more, by a judge who has not read it; the agreed mark is then the mean of all readings. All other papers stay closed. Assign the readings under Assignment.
ties-waiting = { $n ->
    [one] One tied paper awaits another reading.
   *[other] { $n } tied papers await another reading.
  }
ties-waiting-text = The table below is from before; when the readings are in, it is made anew, and ties of that group are asked about again. Where nobody is left to read, excuse the reading under Progress.
standings-extra = Mean of all readings, one of them further
said-tie-another = Answer recorded: one more reading. Now assign it.
refusal-extra-waits = Tied papers still await another reading: finish or excuse it first.
standings-charts = Charts
standings-distribution = How the agreed marks are spread
standings-distribution-cut = Papers by mark. Dashed red line: { $mark }, the last paper with a prize.
standings-distribution-plain = Papers by mark.
standings-distribution-says = Bar chart: most papers ({ $n }) from { $from } to below { $to }. The numbers are in the table below.
standings-spread = The first two markings
standings-spread-text = Across: the lower mark; up: the higher. On the diagonal they are equal; red rings: more than { $threshold } apart. Nobody knows which judge marked first.
standings-spread-says = Scatter chart of { $n } papers: lowest and highest first marking. The numbers are in the table below.
standings-as-table = Show as a table
standings-papers = Papers
standings-apart = Apart by
standings-from-to = { $from } to below { $to }
standings-search = Find a code
standings-search-do = Find
standings-found = { $n ->
    [one] { $n } paper whose code begins with { $code }
   *[other] { $n } papers whose code begins with { $code }
}
standings-back = Back to the whole table
standings-whole = All on one page
standings-export = Take the standings away
standings-export-text = By code: group, rank, mark, markings, proposed prize. No title and no text. The download is put on record.
standings-list-file = standings
standings-list-group = Ranking group
standings-list-rank = Rank
standings-list-code = Code
standings-list-category = Category
standings-list-mark = Mark
standings-list-readings = Readings
standings-list-lowest = First markings, lowest
standings-list-highest = First markings, highest
standings-list-third = Third mark
standings-list-prize = Proposed prize
standings-list-reserve = Reserve
refusal-standings-open = The round is not closed, so there are no standings to take away yet.
standings-open-organizer = Standings by code appear here when the chair of the judges closes the round.
ties-waiting-organizer = What follows stood before the further readings; when the last of them is in, it is made anew.
ties-organizer = The chair of the judges answers them, in one of three ways: all in, all out, or one more reading. Until then nothing can be sealed.
