// The rules on pages: a contest begun with nothing, sections filled, a change with a reason, an extension proposed.
function local(minutes) {
  return new Date(Date.now() + (7 * 60 + minutes) * 60_000).toISOString().slice(0, 16);
}

export async function editing(walk) {
  const { organizer } = walk.people;
  await organizer.go("/contests/new/blank");
  await organizer.look("setup-blank");
  const dates = { opens: local(60), closes: local(120), intake_closes: local(180), queries_close: local(240) };
  await organizer.send("/contests/new", { title_vi: "Soạn tay", slug: "soan-tay", ...dates });
  await organizer.sees("Chưa có loại hình nào.");
  await organizer.look("rules-blank");
  const save = async (word, fields, more) => {
    await organizer.go(`/c/soan-tay/organizer/rules/${word}`);
    await organizer.send("", fields, more);
  };
  await organizer.go("/c/soan-tay/organizer/rules/categories");
  await organizer.look("rules-categories-none");
  await save("rubrics", { name_vi_1: "Phiếu chấm", step_1: "0,5" });
  await save("criteria", { name_vi_1: "Nội dung", max_1: "100" });
  await save("groups", { name_vi_1: "Bảng chung" });
  const wrong = () => save("categories", { name_vi_1: "Báo", min_words_1: "3000", max_words_1: "1500" }, { status: 422 });
  await wrong();
  await organizer.look("rules-categories-errors", wrong);
  await organizer.send("", { max_words_1: "5.000" });
  await organizer.look("rules-categories");
  await save("units", { units: "Tỉnh đoàn | Province\n  Huyện Một\n  Huyện Hai" });
  await organizer.look("rules-units");
  await changed(walk, organizer);
}

/// The trial contest is open: a change needs a reason, the deadline a second person.
async function changed(walk, organizer) {
  const room = "/c/thu-courage-2027/organizer";
  await organizer.go(`${room}/rules`);
  await organizer.look("rules-open");
  const silent = async () => {
    await organizer.go(`${room}/rules/entrants`);
    await organizer.send("", { overall: "3" }, { status: 422 });
  };
  await silent();
  await organizer.look("rules-no-reason", silent);
  await organizer.send("", { reason: "Nhiều người muốn gửi thêm một bài." });
  await organizer.go("/c/thu-courage-2027");
  await organizer.sees("Nhiều người muốn gửi thêm một bài.");
  await organizer.look("contest-changed");
  await organizer.go(`${room}/extension`);
  await organizer.look("extension");
  await anHourLater(organizer, `${room}/extension`);
  await organizer.send(`${room}/extension`, { reason: "Mạng hỏng trong giờ cuối." });
  await organizer.sees("đang chờ người thứ hai");
  await organizer.look("extension-proposed");
  await organizer.go("/c/thu-courage-2027/extension");
  await organizer.look("extension-own");
}

/// Every date of the open extension form an hour later.
export async function anHourLater(organizer, action) {
  const form = organizer.form(action);
  for (const name of ["closes_at", "intake_closes_at", "queries_close_at"]) {
    const until = form.locator(`[name=${name}]`);
    const later = new Date(new Date(`${await until.inputValue()}Z`).getTime() + 3_600_000).toISOString().slice(0, 16);
    await until.fill(later);
  }
}
