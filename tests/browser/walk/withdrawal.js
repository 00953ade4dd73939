// A judge falls ill in the middle of the marking: the sheets that are in stay, the other papers go to other judges with the batch.
import assert from "node:assert/strict";
import { markOpen } from "./marks.js";

export async function withdrawal(walk) {
  const { chair, judge2, judge3, judge5 } = walk.people;
  // one has marked all, one some, one four; one has begun with nothing yet
  await Promise.all([markOpen(walk, judge2), markOpen(walk, judge3, { most: 6 }), markOpen(walk, judge5, { most: 4, but: [walk.reported] })]);
  const [board, queue] = [`/c/${walk.slug}/chair`, `/c/${walk.slug}/marking`];
  await chair.go(board);
  const judge = await chair.page.locator(`a[href*="/chair/judges/"]`, { hasText: judge5.name }).getAttribute("href");
  await chair.go(judge);
  await chair.sees("4 phiếu đã nộp");
  await chair.look("board-judge");
  const unsaid = async () => {
    await chair.go(judge);
    await chair.send(judge, { reason: "" }, { status: 422 });
  };
  await unsaid();
  await chair.look("board-judge-errors", unsaid);
  await chair.send(judge, { sheets: "kept", reason: "Nằm viện, không chấm tiếp được.", sure: "yes" });
  await chair.sees("Đã cho thôi chấm", "việc đang chờ chuyển");
  await chair.look("board-withdrawn");
  await chair.go(judge);
  await chair.sees("Đã thôi chấm", "Nằm viện");
  await chair.look("board-judge-withdrawn");
  const left = await walk.phach.sql(`select a.paper from blind.assignment a join account.account x on x.id = a.judge where x.email_key = '${judge5.email}' and a.state <> 'marked' limit 1`);
  await judge5.go(queue);
  await judge5.sees("Trưởng ban đã cho bạn thôi chấm");
  await judge5.look("queue-withdrawn");
  await judge5.go(`${queue}/${left}`, 404);
  // five moves and more: the chair need not wait for the night
  await chair.go(board);
  await chair.send(`${board}/batch`);
  await chair.look("board-batch-passed");
  const lacking = "select count(*) from blind.paper p where (select count(*) from blind.assignment a where a.paper = p.code and a.state <> 'recused') < 2";
  assert.equal(await walk.phach.sql(lacking), "0", "papers in the hands of fewer than two judges");
}
