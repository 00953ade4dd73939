// What most tests begin with: the ten-minute trial contest, its people, and the ways of meeting its pages.
import { PASSWORD } from "./person.js";

/// Both widths, with and without JavaScript; PHACH_WALK picks one by its name while working on it. The wide one looks at
/// every width, theme and language with axe.
export function ways(of) {
  const all = [
    { name: `${of}-wide`, width: 1280, deep: true, script: true },
    { name: `${of}-phone`, width: 390, deep: false, script: true },
    { name: `${of}-plain`, width: 1280, deep: false, script: false },
    { name: `${of}-plain-phone`, width: 390, deep: false, script: false },
  ];
  const only = process.env.PHACH_WALK;
  return all.filter((w) => !only || w.name === only).map((w) => ({ ...w, said: `${w.width} px${w.script ? "" : ", without JavaScript"}` }));
}

/// The first account and its trial contest at /c/thu; the organizer.
export async function trialContest(walk) {
  const organizer = await walk.arrive("organizer", "Nguyễn Thị Thu Hà", "btc@example.org");
  await organizer.go(walk.phach.firstLink);
  await organizer.send("", { name: organizer.name, email: organizer.email, password: PASSWORD });
  await organizer.go("/contests/new/jfk?trial=1");
  await organizer.send("/contests/new", { slug: "thu", holder_1: "mot@example.org", holder_2: "hai@example.org" });
  return organizer;
}

/// Another day until the trial contest closes.
export async function openForADay(walk) {
  const dates = ["closes_at", "intake_closes_at", "queries_close_at"].map((d) => `${d} = ${d} + interval '1 day'`);
  await walk.phach.sql(`update contest.contest set ${dates.join(", ")}`);
}

/// An official of the trial contest, who follows the link of the letter. The letter speaks the contest's language.
export async function official(walk, hat, name, email) {
  const { organizer } = walk.people;
  await organizer.go("/c/thu/organizer");
  await organizer.send("/c/thu/organizer/invitations", { hat, people: `${name} <${email}>` });
  await organizer.sees("Đã gửi");
  const person = await walk.arrive(hat, name, email);
  await person.takeInvitation(await walk.phach.linkIn(email, /Lời mời|Invitation/));
  return person;
}

/// A contestant with an account, at the form of a new entry.
export async function contestant(walk, word, name, email) {
  const person = await walk.arrive(word, name, email);
  await person.signUp();
  await person.go("/c/thu/entries");
  await person.send("/c/thu/entries");
  return person;
}

/// So many words, in paragraphs.
export const essay = (n) => Array.from({ length: n }, (_, i) => (i % 40 === 39 ? "làng.\n\n" : "chữ ")).join("");
