// Words as the server counts them (src/documents/text.rs, after src/platform/form.rs): tests/words.json holds cases for both.
const HIDDEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\u00ad]/g;

export function countWords(raw) {
  const printable = raw.replace(/\r\n/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "");
  const clean = printable.replace(/[\u2028\u2029]/g, "\n").normalize("NFC").replace(HIDDEN, "");
  return clean.split(/\p{White_Space}+/u).filter((token) => /[\p{Alphabetic}\p{N}]/u.test(token)).length;
}
