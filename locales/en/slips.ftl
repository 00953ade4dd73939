cut-title = Cutting the slips
cut-lede = Every valid entry of a category receives a random code at the same moment. From there on the work goes by its code and the name stays behind; the program lets nobody join the two before the opening.
cut-from = Possible from { $at }
cut-from-text = Once intake and queries are closed.
cut-received = Received
cut-waiting = Waiting
cut-queried = Queried
cut-valid = Valid, not cut
cut-valid-late = Valid, late
cut-refused = Refused
cut-withdrawn = Withdrawn
cut-struck-out = Struck out
cut-cut = Cut
cut-done = { $n } cut
cut-ready = { $n ->
    [one] 1 valid entry waits to be cut; none is undecided.
   *[other] { $n } valid entries wait to be cut; none is undecided.
}
cut-sure = I have checked the list and confirm the cut of { $n ->
    [one] 1 entry
   *[other] { $n } entries
}.
cut-sure-hint = It cannot be put together again, and the decisions on these entries stand.
cut-do = Cut { $n ->
    [one] 1 slip
   *[other] { $n } slips
}
cut-side-note = This page has counts only. After the cut the papers are on the blind side under codes; the names stay here.
cut-few = { $n ->
    [one] Only one entry: a code cannot hide its author.
   *[other] Only { $n } entries: a code cannot hide their authors.
  }
cut-few-text = In a batch of fewer than five, whoever knows who entered can guess which paper is whose. The first batch may be of any size; if you can wait, wait.
cut-undecided = Not yet; some entries are undecided:
cut-undecided-waiting = { $n } waiting
cut-undecided-queried = { $n } queried
cut-small-batch = Not yet; late entries: { $n }
cut-small-batch-text = A batch of fewer than five could betray whose work is whose. Wait for five, or ask the organizer to allow it; the reason then stands on the rules page.
cut-rules = See the rules page
cut-nothing = No valid entry waits to be cut.
cut-empty = No entry was received in:
cut-too-early = The numbers may change until then.
said-cut-made = The slips are cut. The works are on the blind side, under random codes.
refusal-cut-entries-open = Not cut: there are undecided entries in this category. Decide on them first.
refusal-cut-too-early = Not cut: intake or queries are still open.
refusal-cut-nothing = No valid entry of this category waits to be cut.
refusal-cut-batch-small = Fewer than five late entries. Wait for five, or ask the organizer to allow it with a reason.
refusal-cut-unconfirmed = Tick the box to confirm, then press again. Nothing was cut.
refusal-cut-changed = The number of valid entries has just changed to { $made }. Nothing was cut; look again, then confirm.
refusal-cut-closed = The round is closed: no more slips can be cut. Until the seal the chair and an organizer can re-open it.
