// The submission form and its words, for the scripts that share it.
export const form = document.getElementById("entry");
export const say = form.dataset;
export const byId = (id) => document.getElementById(id);
const vi = document.documentElement.lang === "vi";
export const number = (n) => n.toLocaleString(vi ? "vi-VN" : "en-GB");
export const fill = (words, n) => words.replace("{n}", n);
