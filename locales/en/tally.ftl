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
