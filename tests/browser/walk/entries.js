// Six contestants send twelve entries, typed, as .txt and as .docx; a teacher those of nineteen pupils.
import { docx } from "../support/docx.js";
import { pupils } from "./pupils.js";

const NAMES = ["Đặng Văn An", "Trần Thị Bích", "Lê Hoàng Cường", "Phạm Thu Dung", "Vũ Minh Đức", "Hoàng Thị Giang"];
const UNITS = ["", "Phường Bến Sông", "Tỉnh đoàn", "Sở Giáo dục và Đào tạo", "Công an tỉnh", "Xã An Bình"];
export const contestantEmail = (n) => `tacgia${n}@example.org`;

const SENTENCE = "Một nền hành chính gần dân bắt đầu từ việc cán bộ chịu nghe, ghi lại và trả lời từng điều người dân hỏi, bằng lời dễ hiểu, đúng hẹn và có trách nhiệm đến cùng.";
export const text = (title) => [title, ...Array.from({ length: 5 }, (_, i) => `Đoạn ${i + 1}. ${SENTENCE} ${SENTENCE}`)].join("\n\n");
const title = (n, kind) => `${kind === "Báo" ? "Chuyện ở xã" : "Luận về"} ${["niềm tin", "kỷ luật", "sách cũ", "dòng sông", "lớp học đêm", "cây cầu mới"][n - 1]}`;

async function open(person, slug) {
  await person.go(`/c/${slug}/entries`);
  await person.send(`/c/${slug}/entries`);
}

/// Fills the open form; `how` is "typed", "txt" or "docx".
async function write(person, { name, work, kind, unit, how }) {
  const form = person.form(new URL(person.page.url()).pathname);
  await person.pick(kind);
  await person.fill(form, "name_1", name);
  if (unit) await form.locator("select[name=unit]").selectOption({ label: await labelOf(form, unit) });
  await person.fill(form, "title", work);
  const body = text(work);
  if (how === "typed") return person.fill(form, "text", body);
  await person.fill(form, "by", "file");
  const buffer = how === "docx" ? docx(body) : Buffer.from(body);
  await person.fill(form, "file", { name: `bai.${how}`, mimeType: "application/octet-stream", buffer });
  // with a script the file goes at once and the form says that it was read
  if (person.scripted) await person.page.locator('#file-part[data-state="read"]').waitFor();
}

export async function labelOf(form, unit) {
  const all = await form.locator("select[name=unit] option").allTextContents();
  return all.find((o) => o.trim() === unit);
}

export async function submit(person) {
  await person.press(person.page.locator("#submit"));
  await person.sees(/Số biên nhận/);
}

/// Two entries of one person, as a newcomer comes to the first; so the first two numbers are one person's.
export async function firstEntries(walk) {
  walk.authors = {}; // who answers for the works of whom
  await firstEntry(walk);
  await both(walk, 1);
}

async function firstEntry(walk) {
  const person = await walk.arrive("author1", NAMES[0], contestantEmail(1));
  await person.go(`/c/${walk.slug}`);
  await person.follow("main a.btn");
  await person.follow('main a[href^="/sign-up"]');
  await person.look("sign-up");
  await person.send("/sign-up", { name: person.name, email: person.email, password: person.password });
  await person.look("sign-in-after-signing-up");
  await person.send("/sign-in", { email: person.email, password: person.password });
  await person.look("entries-none");
  await person.send(`/c/${walk.slug}/entries`);
  await person.look("entry-new");
  const wrong = () => person.press(person.page.locator("#submit"), 422);
  await person.fill(person.form(new URL(person.page.url()).pathname), "title", "");
  await wrong();
  await person.look("entry-errors", async () => {
    await person.go(new URL(person.page.url()).pathname);
    await wrong();
  });
  await write(person, { name: NAMES[0], work: title(1, "Tạp chí"), kind: "Tạp chí", unit: UNITS[0], how: "typed" });
  await person.look("entry-written", false); // what is typed is not yet sent: the page is not asked again
  await besides(person);
  await submit(person);
  await person.look("receipt");
  await person.follow('main a[href*="sha256="]');
  await person.look("check");
  await person.go(`/c/${walk.slug}/receipt?number=AAAA-BBBB-CCCC-DDDD&sha256=0`);
  await person.look("check-no");
  await walk.phach.letter(person.email, /Biên nhận bài dự thi số/);
}

/// What stands beside the form: the reading view, texts kept, and the sign-in of somebody whose session ended.
async function besides(person) {
  const address = new URL(person.page.url()).pathname;
  await person.press(person.page.locator("#preview"));
  await person.look("entry-preview");
  await person.go(`${address}/kept`);
  await person.look("entry-kept-none");
  const session = (await person.context.cookies()).filter((c) => c.name === "phach"); // not the language
  const ended = async () => {
    await person.context.addCookies(session);
    await person.go(address);
    await person.context.clearCookies({ name: "phach" });
    await endedForm(person);
  };
  await ended();
  await person.look("entry-resume", ended);
  await person.send(`${address}/sign-in`, { email: person.email, password: person.password });
  await person.sees(/đăng nhập lại/);
}

/// Sends the form as a browser without scripts does.
export async function endedForm(person) {
  const answered = person.page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() === 401);
  const loaded = person.page.waitForEvent("load");
  await person.page.locator("#entry").evaluate((form) => HTMLFormElement.prototype.submit.call(form)); // a field of ours is called submit
  await Promise.all([answered, loaded]);
}

export async function submissions(walk) {
  const lane = async (...numbers) => {
    for (const n of numbers) await both(walk, n);
  };
  await Promise.all([lane(2, 3, 4), lane(5, 6), pupils(walk)]);
  await changes(walk);
}

/// The one contestant's two entries; of the first contestant one is there already.
async function both(walk, n) {
  const person = walk.people[`author${n}`] ?? (await walk.arrive(`author${n}`, NAMES[n - 1], contestantEmail(n)));
  walk.authors[person.name] = person;
  if (n > 1) await person.signUp();
  for (const kind of n === 1 ? ["Báo"] : ["Tạp chí", "Báo"]) {
    await open(person, walk.slug);
    const how = ["typed", "txt", "docx"][(n + (kind === "Báo" ? 1 : 0)) % 3];
    await write(person, { name: NAMES[n - 1], work: title(n, kind), kind, unit: UNITS[n - 1], how });
    if (n === 2) await person.look(`entry-${how}`, false);
    await submit(person);
    if (n === 2) await person.look(`receipt-${how}`);
  }
}

/// One entry replaced, one too many refused, one more withdrawn.
async function changes(walk) {
  const person = walk.people.author1;
  await person.go(`/c/${walk.slug}/entries`);
  await person.look("entries");
  await person.follow("main th a");
  await person.look("entry-submitted");
  await submit(person);
  // by an old window: the list has no button once the limit is reached
  await person.go(`/c/${walk.slug}/entries`);
  await person.sees(/đứng tên đủ số bài/);
  const draft = await person.context.request.post(`/c/${walk.slug}/entries`, { headers: { "sec-fetch-site": "same-origin" }, form: { for: "me" } });
  await person.go(new URL(draft.url()).pathname);
  const limit = async () => {
    await write(person, { name: NAMES[0], work: "Bài thứ ba", kind: "(Phát thanh|Radio)", unit: "", how: "typed" });
    await person.press(person.page.locator("#submit"), 422);
  };
  await limit();
  await person.sees(/đủ số bài/);
  await person.look("entry-over-the-limit", async () => {
    await person.go(new URL(person.page.url()).pathname);
    await limit();
  });
}
