// A teacher sends the works of nineteen pupils from one account; each receipt leads on to the next.
import { labelOf, submit, text } from "./entries.js";

const FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ"];
const GIVEN = ["An", "Bảo", "Chi", "Dũng", "Hà", "Khánh", "Lan", "Minh", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Uyên", "Vân", "Xuân", "Yến", "Hiếu"];
const UNITS = ["Phường Trung Tâm", "Xã Tân Phú", "Bộ Chỉ huy Quân sự tỉnh", "Trường Chính trị tỉnh"];
const WORKS = ["bến đò", "nếp nhà", "cánh đồng", "tiếng trống trường", "con đường làng", "phiên chợ", "tủ sách"];
const THOUGHTS = ["ngày mai", "kỷ cương", "lòng dân"];
export const PUPILS = GIVEN.length;

export async function pupils(walk) {
  const teacher = await walk.arrive("teacher", "Cô Lê Thị Lan", "colan@example.org");
  await teacher.signUp();
  await teacher.go(`/c/${walk.slug}/entries`);
  await teacher.send(`/c/${walk.slug}/entries`);
  await teacher.press(teacher.page.locator("button[value=other]"));
  for (const [i, given] of GIVEN.entries()) {
    const [name, work] = [`${FAMILY[i % FAMILY.length]} ${i % 2 ? "Thị" : "Văn"} ${given}`, `Từ ${WORKS[i % WORKS.length]}, nghĩ về ${THOUGHTS[Math.floor(i / WORKS.length)]}`];
    walk.authors[name] = teacher;
    const form = teacher.form(new URL(teacher.page.url()).pathname);
    await teacher.pick(i % 2 ? "Tạp chí" : "Báo");
    await form.locator("select[name=unit]").selectOption({ label: await labelOf(form, UNITS[i % UNITS.length]) });
    for (const [field, value] of [["name_1", name], ["title", work], ["text", text(work)]]) await form.locator(`[name=${field}]`).fill(value);
    if (i === 1) await teacher.look("entry-of-a-pupil", false);
    await submit(teacher);
    if (i + 1 < PUPILS) await teacher.press(teacher.page.locator("#next button"));
  }
  await teacher.go(`/c/${walk.slug}/entries`);
  await teacher.sees(`${PUPILS}`);
  await teacher.look("entries-of-a-teacher");
}
