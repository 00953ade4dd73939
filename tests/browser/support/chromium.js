// The installed Chromium.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/homebrew/bin/chromium"];

export function launch() {
  return chromium.launch({
    executablePath: process.env.PHACH_CHROMIUM ?? PLACES.find(existsSync),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
  });
}
