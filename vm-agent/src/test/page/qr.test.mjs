import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { shareLink } from "../../main/resources/dev/podium/agent/web/page/identity.mjs";
import { qrCode } from "../../main/resources/dev/podium/agent/web/page/qr.mjs";

test("the link to a room of the longest name, in any script, with a code of its own fits a QR code", () => {
  for (const letter of ["a", "語", "𠮷"]) {
    const link = shareLink("http://100.100.100.100:8080/", letter.repeat(40), "語".repeat(40));
    assert.ok(qrCode(link), letter);
  }
});

test("a text fills the versions up to their last byte, and beyond the largest there is no code", () => {
  const sizes = [14, 15, 412, 413, 997].map(bytes => qrCode("x".repeat(bytes))?.length);
  assert.deepEqual(sizes, [1, 2, 15, 16, 25].map(version => 17 + 4 * version));
  assert.equal(qrCode("x".repeat(998)), null);
});

test("the library is the one that was published, below two lines that say which", () => {
  const file = readFileSync(new URL("../../main/resources/dev/podium/agent/web/page/lean-qr.mjs", import.meta.url), "utf8");
  const published = file.split("\n").slice(2).join("\n");
  const hash = createHash("sha256").update(published).digest("hex");
  assert.match(file, /lean-qr 2\.7\.4 /);
  assert.equal(hash, "0ce41cd6f92cc23cf057a1df7e1b3876767d678665dd65af4e1d22b4fad967dc");
});
