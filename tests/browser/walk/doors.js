// The doors of the program, and pages that say no.
export async function doors(walk) {
  const stranger = await walk.stranger();
  for (const [path, name] of [["/about", "about"], ["/sign-in", "sign-in"], ["/sign-up", "sign-up-plain"], ["/forgot", "forgot"]]) {
    await stranger.go(path);
    await stranger.look(name);
  }
  const refusals = [
    ["/sign-in", { email: "ai@example.org", password: "không phải đâu nhé" }],
    ["/sign-up", { name: "", email: "không phải thư", password: "ngắn" }],
    ["/forgot", { email: "không phải thư" }],
  ];
  for (const [path, fields] of refusals) {
    const wrong = async () => {
      await stranger.go(path);
      await stranger.send(path, fields, { status: 422 });
    };
    await wrong();
    await stranger.look(`${path.slice(1)}-errors`, wrong);
  }
  await forgotten(walk, stranger);
  await stranger.go("/address/0000");
  await stranger.look("address");
  // a co-author's link, once the slip is cut; the living ones are in letters.test.js
  await walk.phach.sql("insert into named.coauthor(entry, contest, email_key, name, hash) select id, contest, 'ai@example.org', 'Lê Đình Đức', sha256('khoa') from named.entry where cut limit 1");
  await stranger.go("/co-author/khoa");
  await stranger.sees("đã được cắt phách");
  await stranger.look("coauthor-cut");
  await stranger.go("/c/khong-co", 404);
  await stranger.look("no-such-contest");
  await stranger.go(walk.phach.firstLink, 409);
  await stranger.look("invitation-gone");
}

async function forgotten(walk, stranger) {
  await stranger.go("/forgot");
  await stranger.send("/forgot", { email: walk.people.author2.email });
  await stranger.look("forgot-sent");
  const link = await walk.phach.linkIn(walk.people.author2.email, /Đặt lại mật khẩu/);
  await stranger.go(link);
  await stranger.look("reset");
  const wrong = async () => {
    await stranger.go(link);
    await stranger.send("", { password: "ngắn" }, { status: 422 });
  };
  await wrong();
  await stranger.look("reset-errors", wrong);
  await stranger.send("", { password: "một câu khác cũng dài" });
  await stranger.look("reset-done");
}

/// A new contest that cannot be taken yet, and an invitation that cannot be sent.
export async function wrongForms(walk) {
  const { organizer } = walk.people;
  const trial = async () => {
    await organizer.go("/contests/new/province");
    await organizer.send("/contests/new", { slug: "Sai!", title_vi: "", title_en: "", closes: "2020-01-01T00:00" }, { status: 422 });
  };
  await trial();
  await organizer.look("setup-errors", trial);
  const file = async () => {
    await organizer.go("/contests/new");
    const broken = { name: "hong.toml", mimeType: "text/plain", buffer: Buffer.from("[contest]\nslug = 3\nslugg = \"a\"\n") };
    await organizer.send("/contests/new/file", { file: broken }, { status: 422 });
  };
  await file();
  await organizer.look("choice-mistakes", file);
  const room = `/c/${walk.slug}/organizer`;
  const nobody = async () => {
    await organizer.go(room);
    await organizer.send(`${room}/invitations`, { hat: "judge", people: "đây không phải thư" }, { status: 422 });
  };
  await nobody();
  await organizer.look("organizer-errors", nobody);
  const waiver = async () => {
    await organizer.go(room);
    await organizer.page.locator("details:has([name=reason]) > summary").click();
    await organizer.send(`${room}/waiver`, { reason: "" }, { status: 422 });
  };
  await waiver();
  await organizer.look("waiver-errors", waiver);
  await organizer.go("/me");
  await organizer.look("me");
}
