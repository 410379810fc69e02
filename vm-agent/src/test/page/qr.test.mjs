import assert from "node:assert/strict";
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
