// The page counts words while one types as the server counts them when the form is sent: the same cases for both.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

test("words are counted while typing as the server counts them", async () => {
  const { countWords } = await import(`data:text/javascript;base64,${Buffer.from(read("../../static/words.js")).toString("base64")}`);
  for (const { text, words } of JSON.parse(read("../words.json"))) assert.equal(countWords(text), words, JSON.stringify(text));
});
