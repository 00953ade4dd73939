// Before anything is read: the judges declare, the chair deals.
import assert from "node:assert/strict";
import { JUDGES } from "./setup.js";

export async function declarations(walk) {
  const page = `/c/${walk.slug}/marking/declaration`;
  const said = [
    (p) => p.pick("Sở Giáo dục và Đào tạo"),
    (p) => p.page.locator("[name=people]").fill("Hoàng Thị Giang\nquen-biet@example.org"),
  ];
  const nobody = (p) => p.page.locator("[name=none]").check({ force: true });
  for (const [i, { word }] of JUDGES.entries()) {
    const judge = walk.people[word];
    await judge.go(page);
    if (i === 0) {
      await judge.look("declaration");
      await judge.send(page, {}, { status: 422 });
      await judge.look("declaration-errors", async () => {
        await judge.go(page);
        await judge.send(page, {}, { status: 422 });
      });
    }
    await (said[i] ?? nobody)(judge);
    await judge.send(page);
    if (i === 0) await judge.look("declared");
  }
}

export async function deal(walk, name) {
  const { chair } = walk.people;
  const page = `/c/${walk.slug}/chair/deal`;
  await chair.go(page);
  await chair.look(`deal-${name}`);
  await chair.go(page); // the batch passes by itself, too: what is pressed is what stands now
  if (await chair.page.locator(`form[method=post][action="${page}"]`).count()) await chair.send(page);
}

export async function assignment(walk) {
  const { chair } = walk.people;
  await chair.go(`/c/${walk.slug}/chair`);
  await chair.look("board-before");
  await deal(walk, "first");
  await chair.look("board-dealt");
  await chair.go(`/c/${walk.slug}/chair/deal/replay`);
  await chair.look("replay");
  await chair.go(`/c/${walk.slug}/chair/deal/share`);
  await chair.sees("Không có giám khảo mới");
  await chair.look("share-nobody");
  walk.codes = (await walk.phach.sql("select code from blind.paper order by code")).split("\n");
  assert.equal(walk.codes.length, 30);
  // A batch passes at night, too: whoever walks at that hour would find the masked text with the judges before they have read the old one.
  await walk.phach.sql("insert into blind.night select id, 'infinity' from contest.contest on conflict (contest) do update set day = excluded.day");
}
